using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Feeds;

namespace VolunteerHub.Web.Data.Configurations;

internal sealed class SiteConfiguration : IEntityTypeConfiguration<Site>
{
    public void Configure(EntityTypeBuilder<Site> builder)
    {
        builder.PrimitiveCollection(s => s.Menu).HasDefaultValueSql("'[]'");
        // Read as a whole and never searched.
        builder.Property(s => s.Opening).HasConversion(
            hours => JsonSerializer.Serialize(hours, JsonSerializerOptions.Default),
            stored => JsonSerializer.Deserialize<List<WeeklyHours>>(stored, JsonSerializerOptions.Default)!,
            new ValueComparer<IReadOnlyList<WeeklyHours>>((a, b) => a!.SequenceEqual(b!), hours => hours.Count, hours => hours)).HasDefaultValueSql("'[]'");
        builder.Property(s => s.Version).IsConcurrencyToken();
    }
}

internal sealed class SiteVisitConfiguration : IEntityTypeConfiguration<SiteVisit>
{
    public void Configure(EntityTypeBuilder<SiteVisit> builder)
    {
        builder.Property(v => v.Id).ValueGeneratedNever();
        builder.HasOne<Site>().WithMany().HasForeignKey(v => v.SiteId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(v => new { v.SiteId, v.Day });
    }
}

internal sealed class CalendarFeedConfiguration : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> builder)
    {
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.HasIndex(f => f.TokenHash).IsUnique();
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(f => f.VolunteerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Team>().WithMany().HasForeignKey(f => f.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(f => new { f.VolunteerId, f.Scope, f.TeamId });
    }
}

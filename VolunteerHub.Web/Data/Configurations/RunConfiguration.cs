using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Data.Configurations;

internal sealed class ServiceRunConfiguration : IEntityTypeConfiguration<ServiceRun>
{
    public void Configure(EntityTypeBuilder<ServiceRun> builder)
    {
        builder.ToTable("Runs");
        builder.Ignore(r => r.Posts).Ignore(r => r.Draft).Ignore(r => r.IsUntouched).Ignore(r => r.IsAnnounced);
        builder.Property(r => r.Helps).HasConversion<int>();
        builder.Property(r => r.Groups).HasConversion<int>();
        builder.PrimitiveCollection(r => r.CoTeamIds).ElementType().HasConversion<TypedIdConverter<TeamId>>();
        builder.PrimitiveCollection(r => r.PartnerIds).HasDefaultValueSql("'[]'").ElementType().HasConversion<TypedIdConverter<PartnerId>>();
        builder.OwnsOne(r => r.Report, report =>
        {
            report.ToTable("RunReports").Ignore(r => r.SatisfiedPercent);
            report.WithOwner().HasForeignKey("RunId");
            report.HasKey("RunId");
        });
        builder.HasOne<Team>().WithMany().HasForeignKey(r => r.HostTeamId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Site>().WithMany().HasForeignKey(r => r.SiteId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(r => r.Shifts).WithOne().HasForeignKey("RunId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(r => r.Assignments).WithOne().HasForeignKey(a => a.RunId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => r.CheckInTag).IsUnique();
        builder.HasIndex(r => new { r.StartsAt, r.Id });
        builder.HasOne<RunSeries>().WithMany().HasForeignKey(r => r.SeriesId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<RunBatch>().WithMany().HasForeignKey(r => r.BatchId).OnDelete(DeleteBehavior.Restrict);
        // However often a series is made, and by however many at once, a day of it is made once.
        builder.HasIndex(r => new { r.SeriesId, r.SeriesDate }).IsUnique();
        builder.Property(r => r.Version).IsConcurrencyToken();
    }
}

internal sealed class RunPhotoConfiguration : IEntityTypeConfiguration<RunPhoto>
{
    public void Configure(EntityTypeBuilder<RunPhoto> builder)
    {
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(p => p.RunId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(p => p.RunId);
    }
}

internal sealed class PartnerConfiguration : IEntityTypeConfiguration<Partner>
{
    public void Configure(EntityTypeBuilder<Partner> builder)
    {
        builder.Ignore(p => p.IsArchived);
        builder.HasIndex(p => p.Name).IsUnique();
        builder.Property(p => p.Offers).StoredAsJson();
        builder.HasMany(p => p.Claims).WithOne().HasForeignKey("PartnerId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        builder.Property(p => p.Version).IsConcurrencyToken();
    }
}

internal sealed class PartnerClaimConfiguration : IEntityTypeConfiguration<PartnerClaim>
{
    public void Configure(EntityTypeBuilder<PartnerClaim> builder)
    {
        builder.ToTable("PartnerClaims");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(c => c.RunId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ShiftConfiguration : IEntityTypeConfiguration<Shift>
{
    public void Configure(EntityTypeBuilder<Shift> builder)
    {
        builder.ToTable("Shifts").Ignore(s => s.Slot);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasMany(s => s.Posts).WithOne().HasForeignKey("ShiftId").IsRequired().OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PostConfiguration : IEntityTypeConfiguration<Post>
{
    public void Configure(EntityTypeBuilder<Post> builder)
    {
        builder.ToTable("Posts");
        builder.Property(p => p.Id).ValueGeneratedNever();
    }
}

internal sealed class AssignmentConfiguration : IEntityTypeConfiguration<Assignment>
{
    public void Configure(EntityTypeBuilder<Assignment> builder)
    {
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Ignore(a => a.Slot).Ignore(a => a.Holds).Ignore(a => a.IsPublished).Ignore(a => a.MovedFrom)
            .Ignore(a => a.AwaitsConfirmation).Ignore(a => a.AcceptedAt);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(a => a.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        // A person's duty across all teams, for clashes and for My page; and who may check in at a run.
        builder.HasIndex(a => new { a.VolunteerId, a.Start });
        builder.HasIndex(a => new { a.RunId, a.VolunteerId });
        builder.OwnsMany(a => a.History, history =>
        {
            history.ToTable("AssignmentHistory");
            history.WithOwner().HasForeignKey("AssignmentId");
            history.Property<long>("Id").ValueGeneratedOnAdd();
            history.HasKey("Id");
        });
    }
}

internal sealed class InvitationLinkConfiguration : IEntityTypeConfiguration<InvitationLink>
{
    public void Configure(EntityTypeBuilder<InvitationLink> builder)
    {
        builder.HasIndex(l => l.TokenHash).IsUnique();
        builder.HasOne<Assignment>().WithMany().HasForeignKey(l => l.AssignmentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<CoverAsk>().WithMany().HasForeignKey(l => l.AskId).OnDelete(DeleteBehavior.Cascade);
    }
}

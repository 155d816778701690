using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Data.Configurations;

internal sealed class CoverLadderConfiguration : IEntityTypeConfiguration<CoverLadder>
{
    public void Configure(EntityTypeBuilder<CoverLadder> builder)
    {
        builder.ToTable("CoverLadders");
        builder.Ignore(l => l.IsAsking).Ignore(l => l.Waiting);
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(l => l.RunId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(l => l.Asks).WithOne().HasForeignKey("LadderId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(l => new { l.RunId, l.PostId });
        builder.HasIndex(l => new { l.Status, l.NextStepAt });
        builder.Property(l => l.Version).IsConcurrencyToken();
    }
}

internal sealed class CoverAskConfiguration : IEntityTypeConfiguration<CoverAsk>
{
    public void Configure(EntityTypeBuilder<CoverAsk> builder)
    {
        builder.ToTable("CoverAsks");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(a => a.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        // When each was asked last, and what somebody is asked now.
        builder.HasIndex(a => new { a.VolunteerId, a.AskedAt });
    }
}

internal sealed class WaitingConfiguration : IEntityTypeConfiguration<Waiting>
{
    public void Configure(EntityTypeBuilder<Waiting> builder)
    {
        builder.ToTable("WaitList");
        builder.Ignore(w => w.IsWaiting);
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(w => w.RunId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(w => w.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(w => new { w.RunId, w.Status });
        builder.HasIndex(w => new { w.VolunteerId, w.Status });
        builder.Property(w => w.Version).IsConcurrencyToken();
    }
}

internal sealed class FairReleaseConfiguration : IEntityTypeConfiguration<FairRelease>
{
    public void Configure(EntityTypeBuilder<FairRelease> builder)
    {
        builder.ToTable("FairReleases");
        builder.Ignore(r => r.IsCollecting);
        builder.Property(r => r.Interests).StoredAsJson();
        builder.Property(r => r.Results).StoredAsJson();
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(r => r.RunId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => r.RunId);
        builder.HasIndex(r => new { r.Status, r.Deadline });
        builder.Property(r => r.Version).IsConcurrencyToken();
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Data.Configurations;

internal sealed class CommunityConfiguration : IEntityTypeConfiguration<Community>
{
    public void Configure(EntityTypeBuilder<Community> builder)
    {
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.CheckIn).StoredAsJson();
        builder.Property(c => c.Duty).StoredAsJson();
        builder.Property(c => c.Privacy).StoredAsJson();
        builder.Property(c => c.Joining).StoredAsJson();
        builder.Property(c => c.Cover).StoredAsJson();
        builder.Property(c => c.Notices).StoredAsJson();
        builder.Property(c => c.Credit).StoredAsJson();
        builder.Property(c => c.Recording).StoredAsJson();
        builder.Property(c => c.Version).IsConcurrencyToken();
    }
}

internal sealed class TeamConfiguration : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.HasIndex(t => t.Code).IsUnique();
        builder.Property(t => t.Version).IsConcurrencyToken();
    }
}

internal sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(m => m.VolunteerId);
        builder.HasOne<Team>().WithMany().HasForeignKey(m => m.TeamId);
        // Who is in a team, and in which teams somebody is: both answered from the index alone.
        builder.HasIndex(m => new { m.TeamId, m.VolunteerId, m.Since, m.Until });
        builder.HasIndex(m => new { m.VolunteerId, m.TeamId, m.Since, m.Until });
        builder.Property(m => m.Version).IsConcurrencyToken();
    }
}

internal sealed class LendingConfiguration : IEntityTypeConfiguration<Lending>
{
    public void Configure(EntityTypeBuilder<Lending> builder)
    {
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(l => l.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(l => l.RunId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Team>().WithMany().HasForeignKey(l => l.HomeTeamId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Team>().WithMany().HasForeignKey(l => l.BorrowerTeamId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(l => new { l.RunId, l.VolunteerId });
        builder.HasIndex(l => new { l.HomeTeamId, l.Status });
        builder.HasIndex(l => new { l.BorrowerTeamId, l.Status });
        builder.Property(l => l.Version).IsConcurrencyToken();
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;

namespace VolunteerHub.Web.Data.Configurations;

internal sealed class RunTemplateConfiguration : IEntityTypeConfiguration<RunTemplate>
{
    public void Configure(EntityTypeBuilder<RunTemplate> builder)
    {
        builder.Property(t => t.Outline).StoredAsJson();
        builder.HasOne<Team>().WithMany().HasForeignKey(t => t.TeamId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(t => t.Version).IsConcurrencyToken();
    }
}

internal sealed class RunSeriesConfiguration : IEntityTypeConfiguration<RunSeries>
{
    public void Configure(EntityTypeBuilder<RunSeries> builder)
    {
        builder.Property(s => s.Outline).StoredAsJson();
        builder.Property(s => s.Rule).StoredAsJson();
        builder.Property(s => s.Standing).StoredAsJson();
        builder.HasOne<Team>().WithMany().HasForeignKey(s => s.HostTeamId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(s => s.Version).IsConcurrencyToken();
    }
}

internal sealed class RunBatchConfiguration : IEntityTypeConfiguration<RunBatch>
{
    public void Configure(EntityTypeBuilder<RunBatch> builder)
    {
        builder.HasIndex(b => b.At);
        builder.Property(b => b.Version).IsConcurrencyToken();
    }
}

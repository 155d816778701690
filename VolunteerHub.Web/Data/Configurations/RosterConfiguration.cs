using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VolunteerHub.Domain.Rosters;

namespace VolunteerHub.Web.Data.Configurations;

internal sealed class RosterEditConfiguration : IEntityTypeConfiguration<RosterEdit>
{
    public void Configure(EntityTypeBuilder<RosterEdit> builder)
    {
        builder.Ignore(e => e.Runs);
        builder.Property(e => e.Steps).StoredAsJson();
        builder.HasIndex(e => e.At);
        builder.Property(e => e.Version).IsConcurrencyToken();
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Data.Configurations;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.HasIndex(a => a.VolunteerId).IsUnique();
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(a => a.VolunteerId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RememberedPhoneConfiguration : IEntityTypeConfiguration<RememberedPhone>
{
    public void Configure(EntityTypeBuilder<RememberedPhone> builder)
    {
        builder.HasIndex(p => p.TokenHash).IsUnique();
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(p => p.VolunteerId);
    }
}

internal sealed class OneUseLinkConfiguration : IEntityTypeConfiguration<OneUseLink>
{
    public void Configure(EntityTypeBuilder<OneUseLink> builder)
    {
        builder.HasIndex(l => l.TokenHash).IsUnique();
        builder.HasIndex(l => l.VolunteerId);
    }
}

internal sealed class AuditLineConfiguration : IEntityTypeConfiguration<AuditLine>
{
    public void Configure(EntityTypeBuilder<AuditLine> builder)
    {
        builder.HasIndex(l => new { l.Subject, l.SubjectId });
        builder.HasIndex(l => new { l.ActorId, l.Id });
        builder.HasIndex(l => new { l.About, l.Id });
        builder.HasIndex(l => l.At);
    }
}

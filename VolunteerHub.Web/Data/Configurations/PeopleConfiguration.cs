using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Data.Configurations;

internal sealed class CommunityConfiguration : IEntityTypeConfiguration<Community>
{
    public void Configure(EntityTypeBuilder<Community> builder)
    {
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.CheckIn).StoredAsJson();
        builder.Property(c => c.Duty).StoredAsJson();
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
        builder.HasIndex(m => new { m.TeamId, m.VolunteerId });
        builder.Property(m => m.Version).IsConcurrencyToken();
    }
}

internal sealed class VolunteerConfiguration : IEntityTypeConfiguration<Volunteer>
{
    public void Configure(EntityTypeBuilder<Volunteer> builder)
    {
        builder.HasIndex(v => v.Number).IsUnique();
        builder.OwnsOne(v => v.Phone, phone =>
        {
            phone.Property(p => p.Cipher).HasColumnName("PhoneCipher");
            phone.Property(p => p.WholeIndex).HasColumnName("PhoneWholeIndex");
            phone.Property(p => p.TailIndex).HasColumnName("PhoneTailIndex");
            phone.HasIndex(p => p.WholeIndex).IsUnique();
            phone.HasIndex(p => p.TailIndex);
        });
        builder.Property(v => v.Languages).StoredAsJson();
        builder.Property(v => v.Availability).StoredAsJson();
        builder.HasMany(v => v.Qualifications).WithOne().HasForeignKey("VolunteerId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        builder.Property(v => v.Version).IsConcurrencyToken();
    }
}

internal sealed class QualificationConfiguration : IEntityTypeConfiguration<Qualification>
{
    public void Configure(EntityTypeBuilder<Qualification> builder)
    {
        builder.ToTable("Qualifications");
        builder.Property(q => q.Id).ValueGeneratedNever();
        builder.HasIndex(q => q.Kind);
    }
}

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

internal sealed class AuditLineConfiguration : IEntityTypeConfiguration<AuditLine>
{
    public void Configure(EntityTypeBuilder<AuditLine> builder) => builder.HasIndex(l => new { l.Subject, l.SubjectId });
}

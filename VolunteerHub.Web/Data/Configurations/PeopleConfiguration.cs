using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Volunteers;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Data.Configurations;

internal sealed class VolunteerConfiguration : IEntityTypeConfiguration<Volunteer>
{
    /// <summary>By which people are sorted the way a Chinese list is; kept by <see cref="Interceptors.PeopleIndexInterceptor"/>.</summary>
    public const string NameKey = nameof(NameKey);

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
        builder.Property(v => v.Skills).StoredAsJson();
        builder.Property(v => v.InterestLines).StoredAsJson();
        builder.Property(v => v.FormerNumbers).StoredAsJson();
        builder.Property(v => v.InterestHelps).HasConversion<int>();
        builder.Property(v => v.Availability).StoredAsJson();
        builder.HasMany(v => v.Qualifications).WithOne().HasForeignKey("VolunteerId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(v => v.Trainings).WithOne().HasForeignKey("VolunteerId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(v => v.Awards).WithOne().HasForeignKey("VolunteerId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(v => v.Consents).WithOne().HasForeignKey("VolunteerId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(v => v.Tags).WithOne().HasForeignKey("VolunteerId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(v => v.MergedInto).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(v => v.PersonalCodeHash).IsUnique();
        builder.Property<string>(NameKey).IsRequired().HasDefaultValue("");
        // The orders of the grid, each with the id so that a page has one place to go on from, and with what most
        // filters ask of each person on the way, so that only the records of a page's people are read.
        builder.HasIndex(NameKey, nameof(Volunteer.Id), nameof(Volunteer.Status), nameof(Volunteer.Kind), nameof(Volunteer.MergedInto), nameof(Volunteer.ErasedAt));
        builder.HasIndex(v => new { v.JoinedOn, v.Id, v.Status, v.Kind, v.MergedInto, v.ErasedAt });
        builder.HasIndex(v => new { v.Number, v.Id, v.Status, v.Kind, v.MergedInto, v.ErasedAt });
        builder.HasIndex(v => new { v.Status, v.Kind });
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

internal sealed class TrainingConfiguration : IEntityTypeConfiguration<Training>
{
    public void Configure(EntityTypeBuilder<Training> builder)
    {
        builder.ToTable("Trainings");
        builder.Property(t => t.Id).ValueGeneratedNever();
    }
}

internal sealed class AwardConfiguration : IEntityTypeConfiguration<Award>
{
    public void Configure(EntityTypeBuilder<Award> builder)
    {
        builder.ToTable("Awards");
        builder.Property(a => a.Id).ValueGeneratedNever();
    }
}

internal sealed class ConsentConfiguration : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("Consents").Ignore(c => c.Holds);
        builder.Property(c => c.Id).ValueGeneratedNever();
    }
}

internal sealed class VolunteerTagConfiguration : IEntityTypeConfiguration<VolunteerTag>
{
    public void Configure(EntityTypeBuilder<VolunteerTag> builder)
    {
        builder.ToTable("VolunteerTags");
        builder.HasKey("VolunteerId", nameof(VolunteerTag.Name));
        builder.HasIndex(nameof(VolunteerTag.Name), "VolunteerId");
    }
}

internal sealed class SearchTermConfiguration : IEntityTypeConfiguration<SearchTerm>
{
    public void Configure(EntityTypeBuilder<SearchTerm> builder)
    {
        builder.HasKey(t => new { t.Term, t.VolunteerId });
        builder.HasIndex(t => t.VolunteerId);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(t => t.VolunteerId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class JoinApplicationConfiguration : IEntityTypeConfiguration<JoinApplication>
{
    public void Configure(EntityTypeBuilder<JoinApplication> builder)
    {
        builder.OwnsOne(a => a.Phone, phone =>
        {
            phone.Property(p => p.Cipher).HasColumnName("PhoneCipher");
            phone.Property(p => p.WholeIndex).HasColumnName("PhoneWholeIndex");
            phone.Property(p => p.TailIndex).HasColumnName("PhoneTailIndex");
            phone.HasIndex(p => p.WholeIndex);
        });
        builder.Property(a => a.Languages).StoredAsJson();
        builder.Property(a => a.Skills).StoredAsJson();
        builder.Property(a => a.InterestLines).StoredAsJson();
        builder.Property(a => a.Consents).StoredAsJson();
        builder.HasOne<Team>().WithMany().HasForeignKey(a => a.TeamId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(a => a.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(a => new { a.Status, a.SentAt });
        builder.Property(a => a.Version).IsConcurrencyToken();
    }
}

internal sealed class SavedFilterConfiguration : IEntityTypeConfiguration<SavedFilter>
{
    public void Configure(EntityTypeBuilder<SavedFilter> builder)
    {
        builder.HasIndex(f => f.OwnerId);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(f => f.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ImportBatchConfiguration : IEntityTypeConfiguration<ImportBatch>
{
    public void Configure(EntityTypeBuilder<ImportBatch> builder)
    {
        builder.HasIndex(b => b.StartedAt);
        builder.Property(b => b.Version).IsConcurrencyToken();
    }
}

internal sealed class ImportedRowConfiguration : IEntityTypeConfiguration<ImportedRow>
{
    public void Configure(EntityTypeBuilder<ImportedRow> builder)
    {
        builder.HasIndex(r => new { r.ImportId, r.Row });
        builder.HasOne<ImportBatch>().WithMany().HasForeignKey(r => r.ImportId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(r => r.VolunteerId).OnDelete(DeleteBehavior.Cascade);
    }
}

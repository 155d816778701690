using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Reports;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Reports;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Data.Configurations;

/// <summary>Tables that <see cref="AttendanceWriter"/> writes by hand: its statements name these columns.</summary>
internal sealed class AttendanceConfiguration : IEntityTypeConfiguration<Attendance>
{
    public void Configure(EntityTypeBuilder<Attendance> builder)
    {
        builder.ToTable("Attendances").Ignore(a => a.Open).Ignore(a => a.HasArrived);
        builder.HasIndex(a => new { a.RunId, a.VolunteerId }).IsUnique();
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(a => a.RunId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(a => a.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(a => a.Intervals).WithOne().HasForeignKey("AttendanceId").IsRequired().OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class UnknownWalkInConfiguration : IEntityTypeConfiguration<UnknownWalkIn>
{
    public void Configure(EntityTypeBuilder<UnknownWalkIn> builder)
    {
        builder.ToTable("UnknownWalkIns").Ignore(w => w.IsOpen).Ignore(w => w.IsHere);
        builder.OwnsOne(w => w.In, moment => AttendanceIntervalConfiguration.Columns(moment, "In"));
        builder.OwnsOne(w => w.Out, moment => AttendanceIntervalConfiguration.Columns(moment, "Out"));
        builder.Navigation(w => w.In).IsRequired();
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(w => w.RunId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(w => w.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(w => new { w.RunId, w.SettledAt });
    }
}

internal sealed class AttendanceIntervalConfiguration : IEntityTypeConfiguration<AttendanceInterval>
{
    public void Configure(EntityTypeBuilder<AttendanceInterval> builder)
    {
        builder.ToTable("AttendanceIntervals").Ignore(i => i.Counts).Ignore(i => i.IsOpen).Ignore(i => i.Span);
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.OwnsOne(i => i.In, moment => Columns(moment, "In"));
        builder.OwnsOne(i => i.Out, moment => Columns(moment, "Out"));
        builder.Navigation(i => i.In).IsRequired();
        // Invariant 3, also where the database itself is asked to break it.
        builder.HasIndex(["AttendanceId"], "IX_AttendanceIntervals_OneOpen").IsUnique().HasFilter("OutAt IS NULL AND AnnulledAt IS NULL");
        builder.HasIndex(["AttendanceId"], "IX_AttendanceIntervals_AttendanceId");
    }

    internal static void Columns<TOwner>(OwnedNavigationBuilder<TOwner, AttendanceMoment> moment, string way) where TOwner : class
    {
        moment.Property(m => m.OccurredAt).HasColumnName(way + "At");
        moment.Property(m => m.ReceivedAt).HasColumnName(way + "ReceivedAt");
        moment.Property(m => m.RequestId).HasColumnName(way + "RequestId");
        moment.Property(m => m.Evidence).HasColumnName(way + "Evidence");
        moment.Property(m => m.By).HasColumnName(way + "By");
        moment.Property(m => m.Because).HasColumnName(way + "Because");
        moment.HasIndex(m => m.RequestId);
    }
}

internal sealed class HourEntryConfiguration : IEntityTypeConfiguration<HourEntry>
{
    public void Configure(EntityTypeBuilder<HourEntry> builder)
    {
        builder.Ignore(h => h.Credited).Ignore(h => h.IsCorrection).Ignore(h => h.Objection).Ignore(h => h.Answer).Ignore(h => h.KeepsStanding);
        // One entry for a person and run; what corrects it stands beside it.
        builder.HasIndex(h => new { h.RunId, h.VolunteerId }).IsUnique().HasFilter("Corrects IS NULL");
        builder.HasIndex(h => h.Corrects);
        // Totals of people, and lists by where entries stand: from the index alone.
        builder.HasIndex(h => new { h.VolunteerId, h.Status, h.CreditedSeconds });
        builder.HasIndex(h => new { h.Status, h.RunId });
        builder.Property(h => h.Spans).HasConversion(new SpansConverter(), SpansConverter.Comparer);
        builder.OwnsMany(h => h.Steps, steps =>
        {
            steps.ToTable("HourSteps");
            steps.WithOwner().HasForeignKey("Entry");
            steps.Property<long>("Id").ValueGeneratedOnAdd();
            steps.HasKey("Id");
        });
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(h => h.RunId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(h => h.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(h => h.Version).IsConcurrencyToken();
    }
}

internal sealed class EvaluationConfiguration : IEntityTypeConfiguration<Evaluation>
{
    public void Configure(EntityTypeBuilder<Evaluation> builder)
    {
        builder.HasIndex(e => new { e.RunId, e.VolunteerId }).IsUnique();
        builder.HasIndex(e => e.VolunteerId);
        builder.OwnsMany(e => e.Steps, steps =>
        {
            steps.ToTable("EvaluationSteps");
            steps.WithOwner().HasForeignKey("Evaluation");
            steps.Property<long>("Id").ValueGeneratedOnAdd();
            steps.HasKey("Id");
        });
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(e => e.RunId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(e => e.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(e => e.Version).IsConcurrencyToken();
    }
}

internal sealed class HourObjectionConfiguration : IEntityTypeConfiguration<HourObjection>
{
    public void Configure(EntityTypeBuilder<HourObjection> builder)
    {
        builder.ToTable("HourObjections").Ignore(o => o.IsOpen);
        builder.HasOne<HourEntry>().WithMany().HasForeignKey(o => o.HourEntryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(o => new { o.HourEntryId, o.SettledAt });
    }
}

internal sealed class RunTallyConfiguration : IEntityTypeConfiguration<RunTally>
{
    public void Configure(EntityTypeBuilder<RunTally> builder)
    {
        builder.HasKey(t => t.RunId);
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(t => t.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class TypedFigureConfiguration : IEntityTypeConfiguration<TypedFigure>
{
    public void Configure(EntityTypeBuilder<TypedFigure> builder)
    {
        builder.HasIndex(f => new { f.From, f.Until, f.TeamId });
        builder.HasOne<Team>().WithMany().HasForeignKey(f => f.TeamId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(f => f.TypedBy).OnDelete(DeleteBehavior.Restrict);
        builder.Property(f => f.Version).IsConcurrencyToken();
    }
}

internal sealed class PinFailuresConfiguration : IEntityTypeConfiguration<PinFailures>
{
    public void Configure(EntityTypeBuilder<PinFailures> builder) => builder.HasKey(f => new { f.RunId, f.VolunteerId });
}

internal sealed class ReviewItemConfiguration : IEntityTypeConfiguration<ReviewItem>
{
    public void Configure(EntityTypeBuilder<ReviewItem> builder)
    {
        builder.ToTable("ReviewItems").Ignore(i => i.IsOpen);
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(i => i.RunId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(i => i.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        // Told twice, it stands here once.
        builder.HasIndex(i => new { i.RequestId, i.Kind }).IsUnique();
        builder.HasIndex(i => new { i.RunId, i.SettledAt });
    }
}

internal sealed class JournalPageConfiguration : IEntityTypeConfiguration<JournalPage>
{
    public void Configure(EntityTypeBuilder<JournalPage> builder)
    {
        builder.ToTable("AttendanceJournal").HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedNever();
    }
}

internal sealed class KioskConfiguration : IEntityTypeConfiguration<Kiosk>
{
    public void Configure(EntityTypeBuilder<Kiosk> builder)
    {
        builder.ToTable("Kiosks").Ignore(k => k.IsInService);
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(k => k.RunId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(k => k.SupervisorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(k => k.TokenHash).IsUnique();
        builder.HasIndex(k => k.PairingHash).IsUnique();
    }
}

internal sealed class RevokedCodeConfiguration : IEntityTypeConfiguration<RevokedCode>
{
    public void Configure(EntityTypeBuilder<RevokedCode> builder)
    {
        builder.HasKey(c => c.Hash);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(c => c.VolunteerId).OnDelete(DeleteBehavior.Cascade);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Notifications;

namespace VolunteerHub.Web.Data.Configurations;

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(n => n.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(n => n.RunId).OnDelete(DeleteBehavior.Cascade);
        // What is told once only is told once only, however many processes find out.
        builder.HasIndex(n => n.OnceKey).IsUnique();
        builder.HasIndex(n => new { n.VolunteerId, n.At });
        builder.HasIndex(n => new { n.GatheredAt, n.DueAt });
    }
}

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.PrimitiveCollection(m => m.Notices).ElementType().HasConversion<TypedIdConverter<NoticeId>>();
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(m => m.VolunteerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(m => new { m.Status, m.Channel, m.NextTryAt });
        builder.HasIndex(m => new { m.VolunteerId, m.At });
        builder.Property(m => m.Version).IsConcurrencyToken();
    }
}

internal sealed class NoticeChoiceConfiguration : IEntityTypeConfiguration<NoticeChoice>
{
    public void Configure(EntityTypeBuilder<NoticeChoice> builder)
    {
        builder.ToTable("NoticeChoices").HasKey(c => c.VolunteerId);
        builder.Ignore(c => c.Quiet);
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(c => c.VolunteerId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(c => c.Version).IsConcurrencyToken();
    }
}

internal sealed class StaffingSubscriptionConfiguration : IEntityTypeConfiguration<StaffingSubscription>
{
    public void Configure(EntityTypeBuilder<StaffingSubscription> builder)
    {
        builder.ToTable("StaffingSubscriptions").HasKey(s => new { s.VolunteerId, s.TeamId });
        builder.Property(s => s.Of).HasConversion<int>();
        builder.HasOne<Volunteer>().WithMany().HasForeignKey(s => s.VolunteerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Team>().WithMany().HasForeignKey(s => s.TeamId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class StaffingSeenConfiguration : IEntityTypeConfiguration<StaffingSeen>
{
    public void Configure(EntityTypeBuilder<StaffingSeen> builder)
    {
        builder.ToTable("StaffingSeen").HasKey(s => s.RunId);
        builder.Property(s => s.State).HasConversion<int>();
        builder.HasOne<ServiceRun>().WithMany().HasForeignKey(s => s.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MailServerConfiguration : IEntityTypeConfiguration<MailServer>
{
    public void Configure(EntityTypeBuilder<MailServer> builder)
    {
        builder.ToTable("MailServer");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Version).IsConcurrencyToken();
    }
}

internal sealed class TeamRobotConfiguration : IEntityTypeConfiguration<TeamRobot>
{
    public void Configure(EntityTypeBuilder<TeamRobot> builder)
    {
        builder.ToTable("TeamRobots").HasKey(r => r.TeamId);
        builder.HasOne<Team>().WithMany().HasForeignKey(r => r.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(r => r.Version).IsConcurrencyToken();
    }
}

internal sealed class NoticeTemplateConfiguration : IEntityTypeConfiguration<NoticeTemplate>
{
    public void Configure(EntityTypeBuilder<NoticeTemplate> builder)
    {
        builder.ToTable("NoticeTemplates").HasKey(t => new { t.Kind, t.Culture });
        builder.Property(t => t.Version).IsConcurrencyToken();
    }
}

internal sealed class BackgroundJobStateConfiguration : IEntityTypeConfiguration<BackgroundJobState>
{
    public void Configure(EntityTypeBuilder<BackgroundJobState> builder)
    {
        builder.ToTable("BackgroundJobs").HasKey(s => s.Name);
        builder.Property(s => s.Version).IsConcurrencyToken();
    }
}

using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Certificates;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Reports;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Feeds;
using VolunteerHub.Web.Features.Reports;
using VolunteerHub.Web.Features.Volunteers;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Notifications;

namespace VolunteerHub.Web.Data;

/// <summary>The records of the installation. Made through its factory, one for each job; never kept for a circuit.</summary>
public sealed class HubDbContext(DbContextOptions<HubDbContext> options)
    : IdentityDbContext<Account, IdentityRole<Guid>, Guid>(options)
{
    /// <summary>In whose name changes are written to the audit.</summary>
    public Actor Actor { get; set; } = Actor.System;

    /// <summary>Whether its transaction only looks, at the records as they were when it began.</summary>
    public bool ShowsOneMoment { get; set; }

    public DbSet<Community> Communities => Set<Community>();

    public DbSet<Team> Teams => Set<Team>();

    public DbSet<Volunteer> Volunteers => Set<Volunteer>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<Lending> Lendings => Set<Lending>();

    public DbSet<JoinApplication> JoinApplications => Set<JoinApplication>();

    public DbSet<SearchTerm> SearchTerms => Set<SearchTerm>();

    public DbSet<SavedFilter> SavedFilters => Set<SavedFilter>();

    public DbSet<ImportBatch> ImportBatches => Set<ImportBatch>();

    public DbSet<ImportedRow> ImportedRows => Set<ImportedRow>();

    public DbSet<ReviewItem> ReviewItems => Set<ReviewItem>();

    public DbSet<Certificate> Certificates => Set<Certificate>();

    public DbSet<UnknownWalkIn> UnknownWalkIns => Set<UnknownWalkIn>();

    public DbSet<Kiosk> Kiosks => Set<Kiosk>();

    public DbSet<RevokedCode> RevokedCodes => Set<RevokedCode>();

    public DbSet<Site> Sites => Set<Site>();

    public DbSet<SiteVisit> SiteVisits => Set<SiteVisit>();

    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    public DbSet<HolidayYear> HolidayYears => Set<HolidayYear>();

    public DbSet<MonthlyTheme> MonthlyThemes => Set<MonthlyTheme>();

    public DbSet<Partner> Partners => Set<Partner>();

    public DbSet<RunPhoto> RunPhotos => Set<RunPhoto>();

    public DbSet<ServiceRun> Runs => Set<ServiceRun>();

    public DbSet<RunTemplate> RunTemplates => Set<RunTemplate>();

    public DbSet<RunSeries> RunSeries => Set<RunSeries>();

    public DbSet<RunBatch> RunBatches => Set<RunBatch>();

    public DbSet<Assignment> Assignments => Set<Assignment>();

    public DbSet<RosterEdit> RosterEdits => Set<RosterEdit>();

    public DbSet<ServiceRequest> Requests => Set<ServiceRequest>();

    public DbSet<Attendance> Attendances => Set<Attendance>();

    public DbSet<HourEntry> HourEntries => Set<HourEntry>();

    public DbSet<HourObjection> HourObjections => Set<HourObjection>();

    public DbSet<Evaluation> Evaluations => Set<Evaluation>();

    public DbSet<RunTally> RunTallies => Set<RunTally>();

    public DbSet<TypedFigure> TypedFigures => Set<TypedFigure>();

    public DbSet<CoverLadder> CoverLadders => Set<CoverLadder>();

    public DbSet<CoverAsk> CoverAsks => Set<CoverAsk>();

    public DbSet<Waiting> WaitList => Set<Waiting>();

    public DbSet<FairRelease> FairReleases => Set<FairRelease>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<NoticeChoice> NoticeChoices => Set<NoticeChoice>();

    public DbSet<StaffingSubscription> StaffingSubscriptions => Set<StaffingSubscription>();

    public DbSet<StaffingSeen> StaffingSeen => Set<StaffingSeen>();

    public DbSet<MailServer> MailServers => Set<MailServer>();

    public DbSet<TeamRobot> TeamRobots => Set<TeamRobot>();

    public DbSet<NoticeTemplate> NoticeTemplates => Set<NoticeTemplate>();

    public DbSet<BackgroundJobState> BackgroundJobs => Set<BackgroundJobState>();

    public DbSet<InvitationLink> InvitationLinks => Set<InvitationLink>();

    public DbSet<OneUseLink> OneUseLinks => Set<OneUseLink>();

    public DbSet<RememberedPhone> RememberedPhones => Set<RememberedPhone>();

    public DbSet<PinFailures> PinFailures => Set<PinFailures>();

    public DbSet<AuditLine> AuditLines => Set<AuditLine>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        TypedIds.Convert(configurationBuilder);
        // SQLite compares texts: as UTC of one form their order is the order of instants.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<ProtectedText>().HaveConversion<ProtectedTextConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(HubDbContext).Assembly);
    }
}

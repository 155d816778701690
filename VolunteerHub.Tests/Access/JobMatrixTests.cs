using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.GroupLists;
using VolunteerHub.Domain.Scheduling.Proposals;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Account;
using VolunteerHub.Web.Features.Administration;
using VolunteerHub.Web.Features.Administration.Accounts;
using VolunteerHub.Web.Features.Administration.Background;
using VolunteerHub.Web.Features.Administration.Settings;
using VolunteerHub.Web.Features.Administration.SetUp;
using VolunteerHub.Web.Features.Audit;
using VolunteerHub.Web.Features.Certificates;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.CheckIn.Paper;
using VolunteerHub.Web.Features.CheckIn.Review;
using VolunteerHub.Web.Features.CheckIn.WalkIns;
using VolunteerHub.Web.Features.Cover;
using VolunteerHub.Web.Features.Feeds;
using VolunteerHub.Web.Features.Hours;
using VolunteerHub.Web.Features.Hours.Evaluations;
using VolunteerHub.Web.Features.Hours.Honours;
using VolunteerHub.Web.Features.Hours.Policy;
using VolunteerHub.Web.Features.Joining;
using VolunteerHub.Web.Features.Kiosks;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Features.PublicNotice;
using VolunteerHub.Web.Features.OwnRecord;
using VolunteerHub.Web.Features.Partners;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Batches;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Features.Planner.Series;
using VolunteerHub.Web.Features.Planner.Templates;
using VolunteerHub.Web.Features.Planner.Reports;
using VolunteerHub.Web.Features.Planner.Visits;
using VolunteerHub.Web.Features.Reports;
using VolunteerHub.Web.Features.Reports.Archives;
using VolunteerHub.Web.Features.Reports.Leading;
using VolunteerHub.Web.Features.Requests;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Features.Rosters.Fairness;
using VolunteerHub.Web.Features.Rosters.GroupLists;
using VolunteerHub.Web.Features.Rosters.Sheets;
using VolunteerHub.Web.Features.Rosters.Proposals;
using VolunteerHub.Web.Features.SignUps;
using VolunteerHub.Web.Features.Sites;
using VolunteerHub.Web.Features.Teams;
using VolunteerHub.Web.Features.Today;
using VolunteerHub.Web.Features.Volunteers;
using VolunteerHub.Web.Features.Volunteers.Cards;
using VolunteerHub.Web.Features.Volunteers.Import;
using VolunteerHub.Web.Features.Volunteers.Merging;
using VolunteerHub.Web.Features.Volunteers.Privacy;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Features.Volunteers.Status;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Access;

/// <summary>Who knocks, at a run that the health team hosts and for which the law team fills a post.</summary>
[Flags]
public enum Who
{
    Nobody = 0,
    Coordinator = 1,
    Auditor = 2,

    /// <summary>Of the host team.</summary>
    Leader = 4,
    Deputy = 8,

    /// <summary>Leader of the team that takes part.</summary>
    CoLeader = 16,

    /// <summary>Leader of a team that has nothing to do with the run.</summary>
    OtherLeader = 32,

    /// <summary>领队 ten minutes before the run.</summary>
    LeadNow = 64,

    /// <summary>The same person three days before.</summary>
    LeadBefore = 128,
    OnRoster = 256,

    /// <summary>A volunteer of another team.</summary>
    Stranger = 512,

    /// <summary>Led the host team until yesterday.</summary>
    ExLeader = 1024,

    /// <summary>Leads the host team and pauses.</summary>
    PausedLeader = 2048,
    RememberedPhone = 4096,
    InvitationLink = 8192,

    Planners = Coordinator | Leader | Deputy,
    Staffers = Planners | CoLeader,
    Takers = Planners | LeadNow,
    AnyLeader = Staffers | OtherLeader,
    Staff = AnyLeader | Auditor | LeadNow,
    Sessions = Staff | LeadBefore | OnRoster | Stranger | ExLeader | PausedLeader,
}

/// <summary>What a job is asked to do for the matrix, and for whom it may.</summary>
public sealed record Knock(Type Job, string On, Who Allowed, Func<TestHub, TestCast, Actor, Task<Refusal?>> Try)
{
    public override string ToString() => $"{Job.Name} {On}".TrimEnd();
}

/// <summary>
/// Every job and view, for everybody. Refused means the answer is <see cref="NotAllowed"/>, nothing was changed, and the audit tells of the attempt;
/// allowed means that anything else is answered, also another refusal: the question may be asked.
/// </summary>
public sealed class JobMatrixTests(JobMatrixTests.Stage stage) : IClassFixture<JobMatrixTests.Stage>
{
    private static readonly RunFilter ThisWeek = new(new DateOnly(2026, 11, 23), 14, PlannerFilter.None, false);

    private static readonly Knock[] Table =
    [
        // At the door.
        K<AddWalkIn>("", Who.Takers, async (hub, c, a) => (await hub.Get<AddWalkIn>().RunAsync(a, c.Run.Id, c.Run.PostNamed("引导").Id, c.Free.Id)).Refusal),
        K<AttestAttendance>("", Who.Takers, async (hub, c, a) => (await hub.Get<AttestAttendance>().RunAsync(a, c.Run.Id, c.OnRoster.Id, true, Guid.CreateVersion7())).Refusal),
        K<TakeBackAttendance>("", Who.Takers, async (hub, c, a) => (await hub.Get<TakeBackAttendance>().RunAsync(a, c.Run.Id, c.Second.Id, IntervalId.New(), false)).Refusal),
        K<NoteAbsence>("", Who.Takers, async (hub, c, a) => (await hub.Get<NoteAbsence>().RunAsync(a, c.Run.Id, c.OnRoster.Id, AbsenceMark.NoShow)).Refusal),
        K<SignOutAll>("", Who.Takers, async (hub, c, a) => (await hub.Get<SignOutAll>().RunAsync(a, c.Run.Id)).Refusal),
        K<IssuePins>("", Who.Takers, async (hub, c, a) => (await hub.Get<IssuePins>().RunAsync(a, c.Run.Id, new HashSet<VolunteerId> { c.OnRoster.Id })).Refusal),
        K<WalkInSearch>("", Who.Takers, async (hub, c, a) => (await hub.Get<WalkInSearch>().LoadAsync(a, c.Run.Id, "何")).Refusal),
        K<CurrentCode>("", Who.Takers, async (hub, c, a) => (await hub.Get<CurrentCode>().LoadAsync(a, c.Run.Id)).Refusal),
        K<AttendanceBoard>("", Who.Takers | Who.Auditor, async (hub, c, a) => (await hub.Get<AttendanceBoard>().LoadAsync(a, c.Run.Id)).Refusal),
        // A person tells their own coming; whether they are on the roster is the roster's answer. An invitation link proves no place.
        K<CheckInVolunteer>("", Who.Sessions | Who.RememberedPhone, async (hub, c, a) => (await hub.Get<CheckInVolunteer>().RunAsync(a, FormTicket.For(c.Run.Id).Place, Guid.CreateVersion7(), true)).Refusal),

        // Hours: the host's leaders and the 领队; the person about own ones.
        K<HourList>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<HourList>().LoadAsync(a, new HourFilter(HourTab.ToConfirm))).Refusal),
        K<RunHours>("", Who.Takers | Who.Auditor, async (hub, c, a) => (await hub.Get<RunHours>().LoadAsync(a, c.Run.Id)).Refusal),
        K<ConfirmHours>("", Who.Takers, async (hub, c, a) => (await hub.Get<ConfirmHours>().RunAsync(a, c.Run.Id, [new HourPick(c.Hours)])).Refusal),
        K<TakeHoursBack>("", Who.Takers, async (hub, c, a) => (await hub.Get<TakeHoursBack>().RunAsync(a, c.Hours, "选错了人")).Refusal),
        K<PutHoursRight>("", Who.Takers, async (hub, c, a) => (await hub.Get<PutHoursRight>().RunAsync(a, c.Hours, false, "核实")).Refusal),
        K<RejectDispute>("", Who.Takers, async (hub, c, a) => (await hub.Get<RejectDispute>().RunAsync(a, c.Hours, "核实")).Refusal),
        K<CorrectHours>("", Who.Takers, async (hub, c, a) => (await hub.Get<CorrectHours>().RunAsync(a, c.Hours, TimeSpan.FromHours(1), "多记")).Refusal),
        K<DropCorrection>("", Who.Takers, async (hub, c, a) => (await hub.Get<DropCorrection>().RunAsync(a, c.Hours)).Refusal),
        K<DismissObjection>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<DismissObjection>().RunAsync(a, HourObjectionId.New(), "核实")).Refusal),
        K<RunEvaluations>("", Who.Takers | Who.Auditor, async (hub, c, a) => (await hub.Get<RunEvaluations>().LoadAsync(a, c.Run.Id)).Refusal),
        K<EvaluatePeople>("", Who.Planners, async (hub, c, a) => (await hub.Get<EvaluatePeople>().RunAsync(a, c.Run.Id, [new(c.OnRoster.Id, VolunteerHub.Domain.Hours.EvaluationGrade.Good)])).Refusal),
        K<CreditSettings>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<CreditSettings>().LoadAsync(a)).Refusal),
        K<CreditPreview>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<CreditPreview>().LoadAsync(a, VolunteerHub.Domain.Communities.CreditPolicy.Default, VolunteerHub.Domain.Communities.HourPolicy.Default)).Refusal),
        K<ChangeCreditPolicy>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<ChangeCreditPolicy>().RunAsync(a, CreditForm.Defaults, CreditForm.Defaults)).Refusal),
        K<StarList>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<StarList>().LoadAsync(a, null, null)).Refusal),
        K<Honour>("of the volunteer on the roster", Who.Planners | Who.Auditor | Who.OnRoster, async (hub, c, a) => (await hub.Get<Honour>().LoadAsync(a, c.OnRoster.Id, 1)).Refusal),
        K<OwnHourList>("", Who.Sessions, async (hub, c, a) => (await hub.Get<OwnHourList>().LoadAsync(a)).Refusal),
        K<AcceptHours>("", Who.OnRoster, async (hub, c, a) => (await hub.Get<AcceptHours>().RunAsync(a, c.Hours)).Refusal),
        K<DisputeHours>("", Who.OnRoster, async (hub, c, a) => (await hub.Get<DisputeHours>().RunAsync(a, c.Hours, "走得更晚")).Refusal),

        // Rosters: the host's leaders on all posts, a co-team's on its own.
        K<RosterBoard>("", Who.Staffers | Who.Auditor | Who.LeadNow, async (hub, c, a) => (await hub.Get<RosterBoard>().LoadAsync(a, c.Run.Id)).Refusal),
        K<RankedCandidates>("for the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<RankedCandidates>().LoadAsync(a, c.Run.Id, c.Run.PostNamed("引导").Id)).Refusal),
        K<RankedCandidates>("for the co-team's post", Who.Staffers, async (hub, c, a) => (await hub.Get<RankedCandidates>().LoadAsync(a, c.Run.Id, c.Run.PostNamed("代书").Id)).Refusal),
        K<AssignVolunteer>("on the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<AssignVolunteer>().RunAsync(a, c.Run.Id, c.Run.PostNamed("引导").Id, c.Free.Id)).Refusal),
        K<AssignVolunteer>("on the co-team's post", Who.Staffers, async (hub, c, a) => (await hub.Get<AssignVolunteer>().RunAsync(a, c.Run.Id, c.Run.PostNamed("代书").Id, c.Free.Id)).Refusal),
        K<AssignVolunteer>("on a post that is not there", Who.Staffers, async (hub, c, a) => (await hub.Get<AssignVolunteer>().RunAsync(a, c.Run.Id, PostId.New(), c.Free.Id)).Refusal),
        K<RemoveFromRoster>("from the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<RemoveFromRoster>().RunAsync(a, c.Run.Id, c.Run.SeatOf(c.OnRoster).Id)).Refusal),
        K<RemoveFromRoster>("from the co-team's post", Who.Staffers, async (hub, c, a) => (await hub.Get<RemoveFromRoster>().RunAsync(a, c.Run.Id, c.CoSeat)).Refusal),
        K<RemoveFromRoster>("of a seat that is not there", Who.Staffers, async (hub, c, a) => (await hub.Get<RemoveFromRoster>().RunAsync(a, c.Run.Id, AssignmentId.New())).Refusal),
        K<AnswerForVolunteer>("on the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<AnswerForVolunteer>().RunAsync(a, c.Run.Id, c.Run.SeatOf(c.OnRoster).Id, false, "来电")).Refusal),
        K<AnswerForVolunteer>("on the co-team's post", Who.Staffers, async (hub, c, a) => (await hub.Get<AnswerForVolunteer>().RunAsync(a, c.Run.Id, c.CoSeat, false, "来电")).Refusal),
        K<MakeInvitations>("", Who.Staffers, async (hub, c, a) => (await hub.Get<MakeInvitations>().RunAsync(a, c.Run.Id)).Refusal),
        K<PinSeat>("on the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<PinSeat>().RunAsync(a, c.Next.Id, c.Next.SeatOf(c.OnRoster).Id, false)).Refusal),
        K<PinSeat>("on the co-team's post", Who.Staffers, async (hub, c, a) => (await hub.Get<PinSeat>().RunAsync(a, c.Run.Id, c.CoSeat, false)).Refusal),
        K<ProposeRoster>("for a run", Who.Staffers, async (hub, c, a) => (await hub.Get<ProposeRoster>().RunAsync(a, new ProposalScope(hub.Today, 7, null, c.Next.Id, new ProposalOptions()))).Refusal),
        K<ProposeRoster>("for a week", Who.AnyLeader, async (hub, c, a) => (await hub.Get<ProposeRoster>().RunAsync(a, new ProposalScope(hub.Today, 7, null, null, new ProposalOptions()))).Refusal),
        K<ProposalOverview>("", Who.AnyLeader, async (hub, c, a) => (await hub.Get<ProposalOverview>().LoadAsync(a, null)).Refusal),
        K<ProposalOverview>("of the leader's search", Who.Leader, async (hub, c, a) => (await hub.Get<ProposalOverview>().LoadAsync(a, await SearchAsync(hub, c))).Refusal),
        K<StopProposal>("of the leader", Who.Leader, async (hub, c, a) => (await hub.Get<StopProposal>().RunAsync(a, await SearchAsync(hub, c))).Refusal),
        K<TakeProposal>("of the leader", Who.Leader, async (hub, c, a) => (await hub.Get<TakeProposal>().RunAsync(a, await SearchAsync(hub, c))).Refusal),
        K<RepairOffer>("of the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<RepairOffer>().LoadAsync(a, c.Next.Id, c.Next.PostNamed("领队").Id)).Refusal),
        K<RepairOffer>("of the co-team's post", Who.Staffers, async (hub, c, a) => (await hub.Get<RepairOffer>().LoadAsync(a, c.Next.Id, c.Next.PostNamed("代书").Id)).Refusal),
        K<RepairSeat>("of the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<RepairSeat>().RunAsync(a, c.Next.Id, c.Next.PostNamed("领队").Id, [])).Refusal),
        K<RelaxSeat>("of the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<RelaxSeat>().RunAsync(a, c.Next.Id, c.Next.PostNamed("领队").Id, new Relaxation(RelaxationKind.Ask, [c.Free.Id], [""]))).Refusal),
        K<RelaxSeat>("by splitting the co-team's post", Who.Planners, async (hub, c, a) => (await hub.Get<RelaxSeat>().RunAsync(a, c.Next.Id, c.Next.PostNamed("代书").Id, new Relaxation(RelaxationKind.OpenLater, [c.Free.Id], [""], At: c.Next.StartsAt.AddHours(1)))).Refusal),
        K<RelaxSeat>("by lending from the other team", Who.Coordinator, async (hub, c, a) => (await hub.Get<RelaxSeat>().RunAsync(a, c.Next.Id, c.Next.PostNamed("领队").Id, new Relaxation(RelaxationKind.Lend, [c.Stranger.Id], [""], Home: c.Care.Id))).Refusal),
        K<SeatReasons>("on the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<SeatReasons>().LoadAsync(a, c.Next.Id, c.Next.SeatOf(c.OnRoster).Id)).Refusal),
        K<SeatReasons>("on the co-team's post", Who.Staffers, async (hub, c, a) => (await hub.Get<SeatReasons>().LoadAsync(a, c.Run.Id, c.CoSeat)).Refusal),
        K<LastRosterEdit>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<LastRosterEdit>().LoadAsync(a, [c.Next.Id])).Refusal),
        K<UndoRosterEdit>("on the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<UndoRosterEdit>().RunAsync(a, c.Edit)).Refusal),
        K<PublishRosters>("", Who.Planners, async (hub, c, a) => (await hub.PublishAsync(a, c.Next.Id, c.Next.DraftIds())).Refusal),
        K<CopyLastRoster>("", Who.Planners, async (hub, c, a) => (await hub.Get<CopyLastRoster>().RunAsync(a, [c.Next.Id])).Refusal),
        K<RosterBoards>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<RosterBoards>().LoadAsync(a, RosterSpan.Of(hub.Today, month: true))).Refusal),

        // Lists of groups: told by who sees the run, imported by who fills its posts.
        K<GroupListText>("of a run", Who.Staffers | Who.Auditor | Who.LeadNow, async (hub, c, a) => (await hub.Get<GroupListText>().LoadAsync(a, GroupScope.Of(c.Run.Id))).Refusal),
        K<GroupListText>("of a week", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<GroupListText>().LoadAsync(a, new GroupScope(null, hub.Today, 7, null))).Refusal),
        K<GroupListText>("of the host team's week", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<GroupListText>().LoadAsync(a, new GroupScope(null, hub.Today, 7, "health"))).Refusal),
        K<GroupListCheck>("of a run", Who.Staffers, async (hub, c, a) => (await hub.Get<GroupListCheck>().LoadAsync(a, GroupScope.Of(c.Run.Id), "1. 何云", new Dictionary<GroupRowKey, GroupDecision>())).Refusal),
        K<GroupListCheck>("of the host team's week", Who.Planners, async (hub, c, a) => (await hub.Get<GroupListCheck>().LoadAsync(a, new GroupScope(null, hub.Today, 7, "health"), "1. 何云", new Dictionary<GroupRowKey, GroupDecision>())).Refusal),
        K<RosterSheet>("of a run", Who.Staffers | Who.Auditor | Who.LeadNow, async (hub, c, a) => (await hub.Get<RosterSheet>().LoadAsync(a, new SheetScope(GroupScope.Of(c.Run.Id), null, true))).Refusal),
        K<RosterSheet>("of the host team's week", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<RosterSheet>().LoadAsync(a, new SheetScope(new GroupScope(null, hub.Today, 7, "health"), null, false))).Refusal),
        K<RosterSheet>("of the volunteer on the roster", Who.Planners | Who.Auditor | Who.OnRoster, async (hub, c, a) => (await hub.Get<RosterSheet>().LoadAsync(a, new SheetScope(new GroupScope(null, hub.Today, 7, null), c.OnRoster.Id, false))).Refusal),
        K<LoadOverview>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<LoadOverview>().LoadAsync(a, null)).Refusal),
        K<LoadOverview>("of the host team", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<LoadOverview>().LoadAsync(a, "health")).Refusal),
        K<ImportGroupList>("on the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<ImportGroupList>().RunAsync(a, [new GroupSeat(new(1, 0), c.Free.Id, c.Run.Id, c.Run.PostNamed("引导").Id)])).Refusal),
        K<ImportGroupList>("on the co-team's post", Who.Staffers, async (hub, c, a) => (await hub.Get<ImportGroupList>().RunAsync(a, [new GroupSeat(new(1, 0), c.Free.Id, c.Run.Id, c.Run.PostNamed("代书").Id)])).Refusal),

        // Plans: the host's leaders.
        K<PlanRun>("anew for the host team", Who.Planners, async (hub, c, a) => (await hub.Get<PlanRun>().RunAsync(a, null, c.NewPlan, 0)).Refusal),
        K<PlanRun>("again", Who.Planners, async (hub, c, a) => (await hub.Get<PlanRun>().RunAsync(a, c.Next.Id, c.Next.AsPlan(), c.Next.PlanVersion)).Refusal),
        K<PlanRun>("again, taking the run over to the other team", Who.Coordinator, async (hub, c, a) => (await hub.Get<PlanRun>().RunAsync(a, c.Next.Id, c.Next.AsPlan() with { HostTeamId = c.Care.Id }, c.Next.PlanVersion)).Refusal),
        K<RescheduleRun>("", Who.Planners, async (hub, c, a) => (await hub.Get<RescheduleRun>().RunAsync(a, c.Next.Id, hub.At("14:00", hub.Today.AddDays(3)), c.Next.PlanVersion)).Refusal),
        K<ReschedulePreview>("", Who.Planners, async (hub, c, a) => (await hub.Get<ReschedulePreview>().LoadAsync(a, c.Next.Id, hub.At("14:00", hub.Today.AddDays(3)))).Refusal),
        K<RevisionPreview>("", Who.Planners, async (hub, c, a) => (await hub.Get<RevisionPreview>().LoadAsync(a, c.Next.Id, c.Next.AsPlan())).Refusal),
        K<FileReport>("", Who.Planners, async (hub, c, a) => (await hub.Get<FileReport>().RunAsync(a, c.Run.Id, new RunReportFacts(3, 3, 0, 0, "量血压"))).Refusal),
        K<AddRunPhoto>("", Who.Planners, async (hub, c, a) => (await hub.Get<AddRunPhoto>().RunAsync(a, c.Run.Id, [1, 2, 3])).Refusal),
        K<RemoveRunPhoto>("", Who.Planners, async (hub, c, a) => (await hub.Get<RemoveRunPhoto>().RunAsync(a, c.Run.Id, RunPhotoId.New())).Refusal),
        K<RunPhotoFile>("", Who.Staffers | Who.Auditor | Who.LeadNow, async (hub, c, a) => (await hub.Get<RunPhotoFile>().LoadAsync(a, c.Run.Id, RunPhotoId.New())).Refusal),
        K<RunReportData>("", Who.Staffers | Who.Auditor | Who.LeadNow, async (hub, c, a) => (await hub.Get<RunReportData>().LoadAsync(a, c.Run.Id)).Refusal),
        K<LeadingChoices>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<LeadingChoices>().LoadAsync(a)).Refusal),
        K<Coverage>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<Coverage>().LoadAsync(a, ReportScope.OfYear(2026))).Refusal),
        K<Coverage>("of the host team", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<Coverage>().LoadAsync(a, ReportScope.OfYear(2026) with { Team = "health" })).Refusal),
        K<Reliability>("of the host team", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<Reliability>().LoadAsync(a, ReportScope.OfYear(2026) with { Team = "health" })).Refusal),
        K<WorkLoad>("of the host team", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<WorkLoad>().LoadAsync(a, ReportScope.OfYear(2026) with { Team = "health" })).Refusal),
        K<Experience>("of the host team", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<Experience>().LoadAsync(a, ReportScope.OfYear(2026) with { Team = "health" })).Refusal),
        K<ArchiveHolder>("of the volunteer on the roster", Who.Planners | Who.Auditor | Who.OnRoster, async (hub, c, a) => (await hub.Get<ArchiveHolder>().LoadAsync(a, c.OnRoster.Id)).Refusal),
        K<ExportArchive>("of the volunteer on the roster", Who.Planners | Who.Auditor | Who.OnRoster, async (hub, c, a) => (await hub.Get<ExportArchive>().RunAsync(a, c.OnRoster.Id, new MemoryStream())).Refusal),
        K<ExportArchives>("of the host team", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<ExportArchives>().RunAsync(a, ReportScope.OfYear(2026) with { Team = "health" }, false, new MemoryStream())).Refusal),
        K<ExportAnalysis>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<ExportAnalysis>().RunAsync(a, new MemoryStream())).Refusal),
        K<YearSheet>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<YearSheet>().LoadAsync(a, ReportScope.OfYear(2026))).Refusal),
        K<YearSheet>("of the host team", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<YearSheet>().LoadAsync(a, ReportScope.OfYear(2026) with { Team = "health" })).Refusal),
        K<TypeFigure>("", Who.AnyLeader, async (hub, c, a) => (await hub.Get<TypeFigure>().RunAsync(a, ReportScope.OfYear(2026), null, new TypedForm { Name = "走访", Value = 1, Source = "台账" }, 0)).Refusal),
        K<TypeFigure>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<TypeFigure>().RunAsync(a, ReportScope.OfYear(2026) with { Team = "health" }, null, new TypedForm { Name = "走访", Value = 1, Source = "台账" }, 0)).Refusal),
        K<DropTypedFigure>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<DropTypedFigure>().RunAsync(a, c.Typed, 1)).Refusal),
        K<SheetRecords>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<SheetRecords>().LoadAsync(a, ReportScope.OfYear(2026), SheetFigure.People)).Refusal),
        K<SheetRecords>("of the host team", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<SheetRecords>().LoadAsync(a, ReportScope.OfYear(2026) with { Team = "health" }, SheetFigure.People)).Refusal),
        K<ReportList>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<ReportList>().LoadAsync(a, null)).Refusal),
        // Where a visit goes: not even who reads all.
        K<SetHomeVisit>("", Who.Planners, async (hub, c, a) => (await hub.Get<SetHomeVisit>().RunAsync(a, c.Run.Id, true, "3 号楼 201")).Refusal),
        K<RevealVisitAddress>("", Who.Planners, async (hub, c, a) => (await hub.Get<RevealVisitAddress>().RunAsync(a, c.Run.Id)).Refusal),

        // Partners: the coordinator's; leaders note what is claimed for own runs.
        K<PartnerList>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<PartnerList>().LoadAsync(a)).Refusal),
        K<SavePartner>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<SavePartner>().RunAsync(a, null, new PartnerForm { Name = "派出所" })).Refusal),
        K<ArchivePartner>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<ArchivePartner>().RunAsync(a, c.Partner.Id, true)).Refusal),
        K<RecordClaim>("for the host's run", Who.Planners, async (hub, c, a) => (await hub.Get<RecordClaim>().RunAsync(a, c.Partner.Id, "横幅", c.Next.Id)).Refusal),
        K<RecordClaim>("for no run", Who.Coordinator, async (hub, c, a) => (await hub.Get<RecordClaim>().RunAsync(a, c.Partner.Id, "横幅", null)).Refusal),
        K<FulfilClaim>("for the host's run", Who.Planners, async (hub, c, a) => (await hub.Get<FulfilClaim>().RunAsync(a, c.Partner.Id, c.Partner.Claim, true)).Refusal),
        K<DropClaim>("for the host's run", Who.Planners, async (hub, c, a) => (await hub.Get<DropClaim>().RunAsync(a, c.Partner.Id, c.Partner.Claim)).Refusal),
        K<RevealPartnerPhone>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<RevealPartnerPhone>().RunAsync(a, c.Partner.Id)).Refusal),
        K<CancelRun>("", Who.Planners, async (hub, c, a) => (await hub.Get<CancelRun>().RunAsync(a, c.Run.Id, "暴雪")).Refusal),
        K<RunEditor>("for the run", Who.Planners, async (hub, c, a) => (await hub.Get<RunEditor>().LoadAsync(a, c.Run.Id)).Refusal),
        K<RunEditor>("for a new run", Who.AnyLeader, async (hub, c, a) => (await hub.Get<RunEditor>().LoadAsync(a, null)).Refusal),

        // Teams: made and staffed with leaders by the coordinator, kept by their leaders, read by the auditor.
        K<TeamList>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<TeamList>().LoadAsync(a)).Refusal),
        K<TeamBoard>("of the host team", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<TeamBoard>().LoadAsync(a, "health", 60)).Refusal),
        K<TeamBoard>("of another team", Who.Coordinator | Who.Auditor | Who.OtherLeader, async (hub, c, a) => (await hub.Get<TeamBoard>().LoadAsync(a, "care", 60)).Refusal),
        K<TeamBoard>("of a team that is not there", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<TeamBoard>().LoadAsync(a, "nowhere", 60)).Refusal),
        K<OpenTeam>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<OpenTeam>().RunAsync(a, ATeam)).Refusal),
        K<ReviseTeam>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<ReviseTeam>().RunAsync(a, c.Health.Id, ATeam)).Refusal),
        K<DescribeTeam>("", Who.Planners, async (hub, c, a) => (await hub.Get<DescribeTeam>().RunAsync(a, c.Health.Id, "上门量血压")).Refusal),
        K<MoveTeam>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<MoveTeam>().RunAsync(a, c.Health.Id, true)).Refusal),
        K<CloseTeam>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<CloseTeam>().RunAsync(a, c.Health.Id)).Refusal),
        K<ReopenTeam>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<ReopenTeam>().RunAsync(a, c.Health.Id)).Refusal),
        K<MemberSearch>("for the host team", Who.Planners, async (hub, c, a) => (await hub.Get<MemberSearch>().LoadAsync(a, c.Health.Id, "马远")).Refusal),
        K<AddMember>("to the host team", Who.Planners, async (hub, c, a) => (await hub.Get<AddMember>().RunAsync(a, c.Health.Id, c.Stranger.Id, "")).Refusal),
        K<AddMember>("to another team", Who.Coordinator | Who.OtherLeader, async (hub, c, a) => (await hub.Get<AddMember>().RunAsync(a, c.Care.Id, c.Free.Id, "")).Refusal),
        K<AppointMember>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<AppointMember>().RunAsync(a, await MembershipAsync(hub, c.OnRoster.Id), TeamRole.Deputy)).Refusal),
        K<EndMembership>("of a member of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<EndMembership>().RunAsync(a, await MembershipAsync(hub, c.OnRoster.Id), hub.Today)).Refusal),
        K<EndMembership>("of a deputy", Who.Coordinator, async (hub, c, a) => (await hub.Get<EndMembership>().RunAsync(a, await MembershipAsync(hub, c.DeputyOfHealth.Id), hub.Today)).Refusal),
        K<EndMembership>("of a member of another team", Who.Coordinator | Who.OtherLeader, async (hub, c, a) => (await hub.Get<EndMembership>().RunAsync(a, await MembershipAsync(hub, c.Stranger.Id), hub.Today)).Refusal),
        K<EndMembership>("that is not there", Who.AnyLeader, async (hub, c, a) => (await hub.Get<EndMembership>().RunAsync(a, MembershipId.New(), hub.Today)).Refusal),
        K<MembershipEnding>("of a member of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<MembershipEnding>().LoadAsync(a, await MembershipAsync(hub, c.OnRoster.Id), hub.Today)).Refusal),

        // Lending: who fills a post asks, the home team's leaders answer, both sides take back.
        K<RunLendings>("for the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<RunLendings>().LoadAsync(a, c.Next.Id, c.Next.PostNamed("引导").Id)).Refusal),
        K<RunLendings>("for the co-team's post", Who.Staffers, async (hub, c, a) => (await hub.Get<RunLendings>().LoadAsync(a, c.Next.Id, c.Next.PostNamed("代书").Id)).Refusal),
        K<LendableMembers>("for the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<LendableMembers>().LoadAsync(a, c.Next.Id, c.Next.PostNamed("引导").Id, c.Care.Id)).Refusal),
        K<LendableMembers>("for the co-team's post", Who.Staffers, async (hub, c, a) => (await hub.Get<LendableMembers>().LoadAsync(a, c.Next.Id, c.Next.PostNamed("代书").Id, c.Care.Id)).Refusal),
        K<AskForMember>("for the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<AskForMember>().RunAsync(a, c.Run.Id, c.Run.PostNamed("引导").Id, c.Care.Id, c.Stranger.Id, null)).Refusal),
        K<AskForMember>("for the co-team's post", Who.Staffers, async (hub, c, a) => (await hub.Get<AskForMember>().RunAsync(a, c.Run.Id, c.Run.PostNamed("代书").Id, c.Care.Id, c.Stranger.Id, null)).Refusal),
        K<AskForMember>("for a post that is not there", Who.Staffers, async (hub, c, a) => (await hub.Get<AskForMember>().RunAsync(a, c.Run.Id, PostId.New(), c.Care.Id, c.Stranger.Id, null)).Refusal),
        K<AnswerLending>("for the own member", Who.Coordinator | Who.OtherLeader, async (hub, c, a) => (await hub.Get<AnswerLending>().RunAsync(a, c.Asked, true, null)).Refusal),
        K<OfferChoices>("for own members", Who.Coordinator | Who.OtherLeader, async (hub, c, a) => (await hub.Get<OfferChoices>().LoadAsync(a, c.Care.Id, null, null)).Refusal),
        K<OfferMember>("of the own team", Who.Coordinator | Who.OtherLeader, async (hub, c, a) => (await hub.Get<OfferMember>().RunAsync(a, c.Care.Id, c.Run.Id, c.Health.Id, c.Stranger.Id, null)).Refusal),
        K<TakeBackLending>("", Who.Planners | Who.OtherLeader, async (hub, c, a) => (await hub.Get<TakeBackLending>().RunAsync(a, c.Asked)).Refusal),

        // The audit: coordinator and auditor.
        K<AuditTrail>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<AuditTrail>().LoadAsync(a, new AuditFilter())).Refusal),
        K<AuditPeople>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<AuditPeople>().LoadAsync(a, "何")).Refusal),
        K<ExportAudit>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<ExportAudit>().RunAsync(a, new AuditFilter(), Web.Platform.Documents.TableFormat.Csv, new MemoryStream())).Refusal),

        // Screens for leaders: each shows what the viewer may see.
        K<RunList>("", Who.Staff, async (hub, c, a) => (await hub.Get<RunList>().LoadAsync(a, ThisWeek)).Refusal),
        K<TodayOverview>("", Who.Staff, async (hub, c, a) => (await hub.Get<TodayOverview>().LoadAsync(a)).Refusal),

        // Answers and stand-ins: who may fill the post looks after it, the host's leaders say how people get on.
        K<AnswersOverview>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<AnswersOverview>().LoadAsync(a)).Refusal),
        K<SignUpOfRun>("", Who.Staffers | Who.Auditor, async (hub, c, a) => (await hub.Get<SignUpOfRun>().LoadAsync(a, c.Run.Id)).Refusal),
        K<StartLadder>("for the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<StartLadder>().RunAsync(a, c.Run.Id, c.Run.PostNamed("领队").Id)).Refusal),
        K<StartLadder>("for the co-team's post", Who.Staffers, async (hub, c, a) => (await hub.Get<StartLadder>().RunAsync(a, c.Run.Id, c.Run.PostNamed("代书").Id)).Refusal),
        K<AskNextNow>("", Who.Planners, async (hub, c, a) => (await hub.Get<AskNextNow>().RunAsync(a, c.Ladder.Id)).Refusal),
        K<StopLadder>("", Who.Planners, async (hub, c, a) => (await hub.Get<StopLadder>().RunAsync(a, c.Ladder.Id)).Refusal),
        K<AnswerAskForVolunteer>("", Who.Planners, async (hub, c, a) => (await hub.Get<AnswerAskForVolunteer>().RunAsync(a, c.Ladder.Ask, false)).Refusal),
        K<MakeAskMessage>("", Who.Planners, async (hub, c, a) => (await hub.Get<MakeAskMessage>().RunAsync(a, c.Ladder.Ask)).Refusal),
        K<SeekCoverForVolunteer>("on the host's post", Who.Planners, async (hub, c, a) => (await hub.Get<SeekCoverForVolunteer>().RunAsync(a, c.Run.Id, c.Run.SeatOf(c.OnRoster).Id)).Refusal),
        K<SeekCoverForVolunteer>("on the co-team's post", Who.Staffers, async (hub, c, a) => (await hub.Get<SeekCoverForVolunteer>().RunAsync(a, c.Run.Id, c.CoSeat)).Refusal),
        K<ConfirmForVolunteer>("", Who.Planners, async (hub, c, a) => (await hub.Get<ConfirmForVolunteer>().RunAsync(a, c.Run.Id, c.Run.SeatOf(c.OnRoster).Id)).Refusal),
        K<PutStandIn>("", Who.Planners, async (hub, c, a) => (await hub.Get<PutStandIn>().RunAsync(a, c.Run.Id, c.Run.SeatOf(c.OnRoster).Id, c.Free.Id)).Refusal),
        K<AskAgain>("", Who.Staffers, async (hub, c, a) => (await hub.Get<AskAgain>().RunAsync(a, c.Run.Id)).Refusal),
        K<SetSignUp>("", Who.Planners, async (hub, c, a) => (await hub.Get<SetSignUp>().RunAsync(a, c.Run.Id, open: false)).Refusal),
        K<OpenRelease>("", Who.Planners, async (hub, c, a) => (await hub.Get<OpenRelease>().RunAsync(a, c.Run.Id, c.Run.StartsAt.AddMinutes(-1))).Refusal),
        K<CallOffRelease>("", Who.Planners, async (hub, c, a) => (await hub.Get<CallOffRelease>().RunAsync(a, c.Run.Id)).Refusal),

        // Records: leaders keep those of their members; who reads all looks; merging and erasing are the coordinator's.
        K<VolunteerRecord>("of a member", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<VolunteerRecord>().LoadAsync(a, c.OnRoster.Id)).Refusal),
        K<VolunteerRecord>("of another team's member", Who.Coordinator | Who.Auditor | Who.OtherLeader, async (hub, c, a) => (await hub.Get<VolunteerRecord>().LoadAsync(a, c.Stranger.Id)).Refusal),
        K<VolunteerRecord>("that is not there", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<VolunteerRecord>().LoadAsync(a, VolunteerId.New())).Refusal),
        K<RevealField>("of a member", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<RevealField>().RunAsync(a, c.OnRoster.Id, PrivateField.Phone)).Refusal),
        K<RevealField>("of another team's member", Who.Coordinator | Who.Auditor | Who.OtherLeader, async (hub, c, a) => (await hub.Get<RevealField>().RunAsync(a, c.Stranger.Id, PrivateField.Phone)).Refusal),
        K<RegistrationChoices>("", Who.AnyLeader, async (hub, c, a) => (await hub.Get<RegistrationChoices>().LoadAsync(a)).Refusal),
        K<RegisterVolunteer>("into the health team", Who.Planners, async (hub, c, a) => (await hub.Get<RegisterVolunteer>().RunAsync(a, new RegisterForm { Name = "新人", TeamId = c.Health.Id })).Refusal),
        K<RegisterVolunteer>("as a guest", Who.Coordinator, async (hub, c, a) => (await hub.Get<RegisterVolunteer>().RunAsync(a, new RegisterForm { Name = "民警", Basics = { Kind = VolunteerKind.Guest } })).Refusal),
        K<ReviseVolunteer>("of a member", Who.Planners, async (hub, c, a) => (await hub.Get<ReviseVolunteer>().RunAsync(a, c.OnRoster.Id, new BasicsForm { Name = "李娜" })).Refusal),
        K<ReviseVolunteer>("of another team's member", Who.Coordinator | Who.OtherLeader, async (hub, c, a) => (await hub.Get<ReviseVolunteer>().RunAsync(a, c.Stranger.Id, new BasicsForm { Name = "马远" })).Refusal),
        K<ReviseVolunteer>("to be a guest", Who.Coordinator, async (hub, c, a) => (await hub.Get<ReviseVolunteer>().RunAsync(a, c.OnRoster.Id, new BasicsForm { Name = "李娜", Kind = VolunteerKind.Guest })).Refusal),
        K<ReviseContact>("", Who.Planners, async (hub, c, a) => (await hub.Get<ReviseContact>().RunAsync(a, c.OnRoster.Id, new ContactForm())).Refusal),
        K<ReviseGuardian>("", Who.Planners, async (hub, c, a) => (await hub.Get<ReviseGuardian>().RunAsync(a, c.OnRoster.Id, new GuardianForm())).Refusal),
        K<ReviseAbilities>("", Who.Planners, async (hub, c, a) => (await hub.Get<ReviseAbilities>().RunAsync(a, c.OnRoster.Id, new AbilitiesForm())).Refusal),
        K<ReviseAvailability>("", Who.Planners, async (hub, c, a) => (await hub.Get<ReviseAvailability>().RunAsync(a, c.OnRoster.Id, new WeekForm())).Refusal),
        K<SaveQualification>("", Who.Planners, async (hub, c, a) => (await hub.Get<SaveQualification>().RunAsync(a, c.OnRoster.Id, new QualificationForm { Kind = "护士" })).Refusal),
        K<RemoveQualification>("", Who.Planners, async (hub, c, a) => (await hub.Get<RemoveQualification>().RunAsync(a, c.OnRoster.Id, QualificationId.New())).Refusal),
        K<AddAchievement>("", Who.Planners, async (hub, c, a) => (await hub.Get<AddAchievement>().RunAsync(a, c.OnRoster.Id, new AchievementForm { Title = "急救培训" })).Refusal),
        K<RemoveAchievement>("", Who.Planners, async (hub, c, a) => (await hub.Get<RemoveAchievement>().RunAsync(a, c.OnRoster.Id, Guid.Empty)).Refusal),
        K<TagVolunteer>("", Who.Planners, async (hub, c, a) => (await hub.Get<TagVolunteer>().RunAsync(a, c.OnRoster.Id, "银铃", true)).Refusal),
        K<NoteConsent>("", Who.Planners, async (hub, c, a) => (await hub.Get<NoteConsent>().RunAsync(a, c.OnRoster.Id, ConsentPurpose.Photos, ConsentWay.Paper)).Refusal),
        K<DepartureConsequences>("", Who.Planners, async (hub, c, a) => (await hub.Get<DepartureConsequences>().LoadAsync(a, c.OnRoster.Id, forGood: true)).Refusal),
        K<PauseVolunteer>("of a member", Who.Planners, async (hub, c, a) => (await hub.Get<PauseVolunteer>().RunAsync(a, c.OnRoster.Id)).Refusal),
        K<PauseVolunteer>("of a leader", Who.Coordinator, async (hub, c, a) => (await hub.Get<PauseVolunteer>().RunAsync(a, c.LeaderOfHealth.Id)).Refusal),
        K<ResumeVolunteer>("", Who.Planners, async (hub, c, a) => (await hub.Get<ResumeVolunteer>().RunAsync(a, c.OnRoster.Id)).Refusal),
        K<LetVolunteerLeave>("of a member", Who.Planners, async (hub, c, a) => (await hub.Get<LetVolunteerLeave>().RunAsync(a, c.OnRoster.Id)).Refusal),
        K<LetVolunteerLeave>("of a leader", Who.Coordinator, async (hub, c, a) => (await hub.Get<LetVolunteerLeave>().RunAsync(a, c.LeaderOfHealth.Id)).Refusal),
        K<MergeSearch>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<MergeSearch>().LoadAsync(a, c.OnRoster.Id, "李")).Refusal),
        K<MergePreview>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<MergePreview>().LoadAsync(a, c.OnRoster.Id, c.Free.Id)).Refusal),
        K<MergeVolunteers>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<MergeVolunteers>().RunAsync(a, c.OnRoster.Id, c.Free.Id)).Refusal),
        K<CardHolders>("of a team", Who.Planners, async (hub, c, a) => (await hub.Get<CardHolders>().LoadAsync(a, c.Health.Id, null)).Refusal),
        K<CardHolders>("of one person", Who.Planners, async (hub, c, a) => (await hub.Get<CardHolders>().LoadAsync(a, null, c.OnRoster.Id)).Refusal),
        K<IssuePersonalCodes>("", Who.Planners, async (hub, c, a) => (await hub.Get<IssuePersonalCodes>().RunAsync(a, [c.OnRoster.Id])).Refusal),
        K<RevokePersonalCode>("", Who.Planners, async (hub, c, a) => (await hub.Get<RevokePersonalCode>().RunAsync(a, c.OnRoster.Id)).Refusal),
        K<PrintedCode>("", Who.Takers, async (hub, c, a) => (await hub.Get<PrintedCode>().LoadAsync(a, c.Run.Id)).Refusal),
        K<AllowPrintedCode>("", Who.Takers, async (hub, c, a) => (await hub.Get<AllowPrintedCode>().RunAsync(a, c.Run.Id)).Refusal),
        K<WithdrawPrintedCode>("", Who.Takers, async (hub, c, a) => (await hub.Get<WithdrawPrintedCode>().RunAsync(a, c.Run.Id)).Refusal),
        K<CheckInBuddy>("", Who.Sessions | Who.RememberedPhone, async (hub, c, a) => (await hub.Get<CheckInBuddy>().RunAsync(a, FormTicket.For(c.Run.Id), c.OnRoster.Id, BuddyReason.NoPhone, null)).Refusal),
        K<SheetOfRun>("", Who.Takers, async (hub, c, a) => (await hub.Get<SheetOfRun>().LoadAsync(a, c.Run.Id)).Refusal),
        K<FindSheet>("", Who.Takers, async (hub, c, a) => (await hub.Get<FindSheet>().LoadAsync(a, new SheetPageCode(c.Run.CheckInTag, 1, "AB").Text)).Refusal),
        K<EnterSheetRow>("", Who.Takers, async (hub, c, a) => (await hub.Get<EnterSheetRow>().RunAsync(a, c.Run.Id, new SheetEntry(Guid.CreateVersion7(), c.OnRoster.Number, "8:40", ""))).Refusal),
        K<TakeBackSheetRow>("", Who.Takers, async (hub, c, a) => (await hub.Get<TakeBackSheetRow>().RunAsync(a, c.Run.Id, new EnteredRow(new SheetPerson(1, c.Second.Id, "", "", "", null, "", new TimeSlot(c.Run.StartsAt, c.Run.EndsAt), null, null, null), IntervalId.New(), hub.Now, null, Doubts.None))).Refusal),
        K<SeatFromSheet>("", Who.Takers, async (hub, c, a) => (await hub.Get<SeatFromSheet>().RunAsync(a, c.Run.Id, c.Run.PostNamed("引导").Id, c.Free.Id)).Refusal),
        K<ReviewList>("", Who.Takers, async (hub, c, a) => (await hub.Get<ReviewList>().LoadAsync(a, c.Run.Id)).Refusal),
        K<SettleReview>("", Who.Takers, async (hub, c, a) => (await hub.Get<SettleReview>().RunAsync(a, c.Run.Id, ReviewItemId.New(), ReviewOutcome.Kept)).Refusal),
        K<SeatFromReview>("", Who.Takers, async (hub, c, a) => (await hub.Get<SeatFromReview>().RunAsync(a, c.Run.Id, ReviewItemId.New(), c.Run.Posts.First().Post.Id)).Refusal),
        K<AskForCertificate>("", Who.Sessions, async (hub, c, a) => (await hub.Get<AskForCertificate>().RunAsync(a, null, null, null)).Refusal),
        K<OwnCertificates>("", Who.Sessions, async (hub, c, a) => (await hub.Get<OwnCertificates>().LoadAsync(a)).Refusal),
        K<IssueCertificate>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<IssueCertificate>().RunAsync(a, c.OnRoster.Id, null, new CertificateTerms(null, null, "a", "b", "c"))).Refusal),
        K<CertificateDraft>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<CertificateDraft>().LoadAsync(a, c.OnRoster.Id, null, null)).Refusal),
        K<DeclineCertificate>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<DeclineCertificate>().RunAsync(a, CertificateId.New(), "x")).Refusal),
        K<WithdrawCertificate>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<WithdrawCertificate>().RunAsync(a, CertificateId.New(), "x")).Refusal),
        K<CertificateRegister>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<CertificateRegister>().LoadAsync(a, null, null)).Refusal),
        K<CertificatePeople>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<CertificatePeople>().LoadAsync(a, "李")).Refusal),
        K<ExportCertificates>("", Who.Coordinator | Who.Auditor, async (hub, c, a) =>
        {
            using var table = new MemoryStream();
            return (await hub.Get<ExportCertificates>().RunAsync(a, null, null, table)).Refusal;
        }),
        K<CertificateToPrint>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<CertificateToPrint>().LoadAsync(a, CertificateId.New())).Refusal),
        K<TakeBackContested>("", Who.Takers, async (hub, c, a) => (await hub.Get<TakeBackContested>().RunAsync(a, c.Run.Id, ReviewItemId.New())).Refusal),
        K<ContestHelp>("", Who.Sessions, async (hub, c, a) => (await hub.Get<ContestHelp>().RunAsync(a, IntervalId.New())).Refusal),
        K<AddUnknownWalkIn>("", Who.Takers, async (hub, c, a) => (await hub.Get<AddUnknownWalkIn>().RunAsync(a, c.Run.Id, new NewWalkIn(Guid.CreateVersion7(), c.Run.PostNamed("引导").Id, "赵六", null))).Refusal),
        K<SignOutWalkIn>("", Who.Takers, async (hub, c, a) => (await hub.Get<SignOutWalkIn>().RunAsync(a, c.Run.Id, UnknownWalkInId.New(), true)).Refusal),
        K<MatchWalkIn>("", Who.Takers, async (hub, c, a) => (await hub.Get<MatchWalkIn>().RunAsync(a, c.Run.Id, UnknownWalkInId.New(), c.Free.Id)).Refusal),
        K<DiscardWalkIn>("", Who.Takers, async (hub, c, a) => (await hub.Get<DiscardWalkIn>().RunAsync(a, c.Run.Id, UnknownWalkInId.New(), "重复")).Refusal),
        K<OpenWalkIn>("", Who.Takers, async (hub, c, a) => (await hub.Get<OpenWalkIn>().RunAsync(a, c.Run.Id, UnknownWalkInId.New())).Refusal),
        K<EnterUnknownRow>("", Who.Takers, async (hub, c, a) => (await hub.Get<EnterUnknownRow>().RunAsync(a, c.Run.Id, new SheetEntry(Guid.CreateVersion7(), "赵六", "8:40", ""), c.Run.PostNamed("引导").Id, null)).Refusal),
        K<PutTimesRight>("", Who.Takers, async (hub, c, a) => (await hub.Get<PutTimesRight>().RunAsync(a, c.Run.Id, c.OnRoster.Id, null, hub.Now, null, "", Guid.CreateVersion7())).Refusal),
        K<CallNumber>("", Who.Takers, async (hub, c, a) => (await hub.Get<CallNumber>().RunAsync(a, c.Run.Id, c.OnRoster.Id)).Refusal),
        K<HandBoard>("", Who.Planners, async (hub, c, a) => (await hub.Get<HandBoard>().RunAsync(a, c.Run.Id, null)).Refusal),
        K<ScanPersonalCode>("", Who.Takers, async (hub, c, a) => (await hub.Get<ScanPersonalCode>().RunAsync(a, c.Run.Id, PersonalCode.New(), true, Guid.CreateVersion7())).Refusal),
        K<PersonalFile>("of the volunteer on the roster", Who.Coordinator | Who.Auditor | Who.OnRoster, async (hub, c, a) => (await hub.Get<PersonalFile>().RunAsync(a, c.OnRoster.Id)).Refusal),
        K<PersonalFileRequest>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<PersonalFileRequest>().LoadAsync(a, c.OnRoster.Id)).Refusal),
        K<ErasureConsequences>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<ErasureConsequences>().LoadAsync(a, c.OnRoster.Id)).Refusal),
        K<EraseVolunteer>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<EraseVolunteer>().RunAsync(a, c.OnRoster.Id)).Refusal),
        K<RetentionList>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<RetentionList>().LoadAsync(a)).Refusal),

        // Own affairs.
        K<MyPageData>("", Who.Sessions, async (hub, c, a) => (await hub.Get<MyPageData>().LoadAsync(a)).Refusal),
        K<OwnInvitations>("", Who.Sessions | Who.RememberedPhone, async (hub, c, a) => (await hub.Get<OwnInvitations>().LoadAsync(a)).Refusal),
        // Answers, stand-ins, sign-up: one's own.
        K<ConfirmDuty>("of the volunteer on the roster", Who.OnRoster | Who.RememberedPhone | Who.InvitationLink, async (hub, c, a) => (await hub.Get<ConfirmDuty>().RunAsync(a, c.Run.SeatOf(c.OnRoster).Id)).Refusal),
        K<SeekCover>("of the volunteer on the roster", Who.OnRoster | Who.RememberedPhone | Who.InvitationLink, async (hub, c, a) => (await hub.Get<SeekCover>().RunAsync(a, c.Run.SeatOf(c.OnRoster).Id, null)).Refusal),
        K<AnswerCoverAsk>("of the volunteer on the roster", Who.OnRoster | Who.RememberedPhone | Who.InvitationLink, async (hub, c, a) => (await hub.Get<AnswerCoverAsk>().RunAsync(a, c.CoverAsk, true)).Refusal),
        K<OwnCoverAsk>("of the volunteer on the roster", Who.OnRoster | Who.RememberedPhone, async (hub, c, a) => (await hub.Get<OwnCoverAsk>().LoadAsync(a, c.CoverAsk)).Refusal),
        K<OpenPosts>("", Who.Sessions | Who.RememberedPhone, async (hub, c, a) => (await hub.Get<OpenPosts>().LoadAsync(a)).Refusal),
        K<SignUpForPost>("", Who.Sessions | Who.RememberedPhone, async (hub, c, a) => (await hub.Get<SignUpForPost>().RunAsync(a, c.Run.PostNamed("引导").Id)).Refusal),
        K<JoinWaitList>("", Who.Sessions | Who.RememberedPhone, async (hub, c, a) => (await hub.Get<JoinWaitList>().RunAsync(a, c.Run.PostNamed("引导").Id)).Refusal),
        K<LeaveWaitList>("", Who.Sessions | Who.RememberedPhone, async (hub, c, a) => (await hub.Get<LeaveWaitList>().RunAsync(a, c.Run.PostNamed("引导").Id)).Refusal),
        K<SayInterest>("", Who.Sessions | Who.RememberedPhone, async (hub, c, a) => (await hub.Get<SayInterest>().RunAsync(a, c.Run.Id, [])).Refusal),
        K<ReleaseResult>("of the run", Who.Staffers | Who.Auditor | Who.LeadNow | Who.OnRoster | Who.RememberedPhone, async (hub, c, a) => (await hub.Get<ReleaseResult>().LoadAsync(a, c.Run.Id)).Refusal),
        K<SetOwnPin>("", Who.Sessions & ~Who.PausedLeader, async (hub, c, a) => (await hub.Get<SetOwnPin>().RunAsync(a, "7391")).Refusal),
        K<AnswerInvitation>("of the volunteer on the roster", Who.OnRoster | Who.RememberedPhone | Who.InvitationLink, async (hub, c, a) => (await hub.Get<AnswerInvitation>().RunAsync(a, c.Run.SeatOf(c.OnRoster).Id, true, null)).Refusal),

        // Joining: own team's applications and invitations; the coordinator's are all.
        K<ApplicationList>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<ApplicationList>().LoadAsync(a)).Refusal),
        K<RevealApplicant>("", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<RevealApplicant>().RunAsync(a, c.Application)).Refusal),
        K<ApproveApplication>("into the host team", Who.Planners, async (hub, c, a) => (await hub.Get<ApproveApplication>().RunAsync(a, c.Application, c.Health.Id)).Refusal),
        K<ApproveApplication>("into another team", Who.Coordinator, async (hub, c, a) => (await hub.Get<ApproveApplication>().RunAsync(a, c.Application, c.Care.Id)).Refusal),
        K<RejectApplication>("", Who.Planners, async (hub, c, a) => (await hub.Get<RejectApplication>().RunAsync(a, c.Application, "已联系不上")).Refusal),
        K<TeamInvitations>("", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<TeamInvitations>().LoadAsync(a, "health")).Refusal),
        K<InviteToTeam>("", Who.Planners, async (hub, c, a) => (await hub.Get<InviteToTeam>().RunAsync(a, c.Health.Id)).Refusal),
        K<RevokeInvitation>("", Who.Planners, async (hub, c, a) => (await hub.Get<RevokeInvitation>().RunAsync(a, c.JoinLink.Id)).Refusal),
        K<MakeWelcomeLink>("for a member of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<MakeWelcomeLink>().RunAsync(a, c.Free.Id)).Refusal),
        K<OwnAvailability>("", Who.Sessions, async (hub, c, a) => (await hub.Get<OwnAvailability>().LoadAsync(a)).Refusal),
        K<StateOwnAvailability>("", Who.Sessions, async (hub, c, a) => (await hub.Get<StateOwnAvailability>().RunAsync(a, [], null)).Refusal),
        K<OwnRecordData>("", Who.Sessions, async (hub, c, a) => (await hub.Get<OwnRecordData>().LoadAsync(a)).Refusal),
        K<ReviseOwnRecord>("", Who.Sessions, async (hub, c, a) => (await hub.Get<ReviseOwnRecord>().RunAsync(a, new OwnRecordForm { Unit = "实验小学" })).Refusal),
        K<ChangeOwnPhone>("", Who.Sessions, async (hub, c, a) => (await hub.Get<ChangeOwnPhone>().RunAsync(a, "wrong", "13904701199")).Refusal),
        K<ChangeOwnConsent>("", Who.Sessions, async (hub, c, a) => (await hub.Get<ChangeOwnConsent>().RunAsync(a, ConsentPurpose.Photos, true)).Refusal),
        K<PauseOwnService>("", Who.Sessions, async (hub, c, a) => (await hub.Get<PauseOwnService>().RunAsync(a)).Refusal),
        K<ResumeOwnService>("", Who.Sessions, async (hub, c, a) => (await hub.Get<ResumeOwnService>().RunAsync(a)).Refusal),
        K<OwnDeparture>("", Who.Sessions, async (hub, c, a) => (await hub.Get<OwnDeparture>().LoadAsync(a)).Refusal),
        K<LeaveService>("", Who.Sessions, async (hub, c, a) => (await hub.Get<LeaveService>().RunAsync(a)).Refusal),
        K<JoinAsSelf>("", Who.Sessions, async (hub, c, a) => (await hub.Get<JoinAsSelf>().RunAsync(a, c.JoinLink.Token)).Refusal),
        // Files of people: the coordinator, leaders for own teams; the auditor reads.
        K<ImportTable>("", Who.AnyLeader, async (hub, c, a) => (await hub.Get<ImportTable>().LoadAsync(a, new ImportDesk(hub, a).File(OnePerson))).Refusal),
        K<ImportCheck>("", Who.AnyLeader, async (hub, c, a) => (await hub.Get<ImportCheck>().LoadAsync(a, FileOf(hub, a, null))).Refusal),
        K<ImportCheck>("into the host team", Who.Planners, async (hub, c, a) => (await hub.Get<ImportCheck>().LoadAsync(a, FileOf(hub, a, c.Health.Id))).Refusal),
        K<ApplyImport>("", Who.AnyLeader, async (hub, c, a) => (await hub.Get<ApplyImport>().RunAsync(a, FileOf(hub, a, null), new ImportFindings(1, 1, 0, 0, 0, [], []), ImportDesk.GoodRows)).Refusal),
        K<ApplyImport>("into the host team", Who.Planners, async (hub, c, a) => (await hub.Get<ApplyImport>().RunAsync(a, FileOf(hub, a, c.Health.Id), new ImportFindings(1, 1, 0, 0, 0, [], []), ImportDesk.GoodRows)).Refusal),
        K<RejectedRows>("", Who.AnyLeader, async (hub, c, a) => (await hub.Get<RejectedRows>().LoadAsync(a, FileOf(hub, a, null), [], new MemoryStream())).Refusal),
        K<UndoImport>("of somebody else", Who.Coordinator, async (hub, c, a) => (await hub.Get<UndoImport>().RunAsync(a, ImportId.New())).Refusal),
        K<PastImports>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<PastImports>().LoadAsync(a)).Refusal),
        K<ExportVolunteers>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<ExportVolunteers>().RunAsync(a, new PeopleExport(PeopleFilter.Everybody, [], Web.Platform.Documents.TableFormat.Csv, true, true), new MemoryStream())).Refusal),

        // Own account; the coordinator also ends the sessions of others.
        K<OwnSecurity>("", Who.Sessions, async (hub, c, a) => (await hub.Get<OwnSecurity>().LoadAsync(a)).Refusal),
        K<ChangeOwnPassword>("", Who.Sessions, async (hub, c, a) => (await hub.Get<ChangeOwnPassword>().RunAsync(a, "old and wrong", "a new long one", "a new long one")).Refusal),
        K<SignOutEverywhere>("oneself", Who.Sessions, async (hub, c, a) => (await hub.Get<SignOutEverywhere>().RunAsync(a, a.Id)).Refusal),
        K<SignOutEverywhere>("the volunteer on the roster", Who.Coordinator | Who.OnRoster, async (hub, c, a) => (await hub.Get<SignOutEverywhere>().RunAsync(a, c.OnRoster.Id)).Refusal),
        K<ForgetPhone>("that is not there", Who.Sessions, async (hub, c, a) => (await hub.Get<ForgetPhone>().RunAsync(a, Guid.CreateVersion7())).Refusal),
        K<AddPasskey>("", Who.Sessions, async (hub, c, a) => (await hub.Get<AddPasskey>().RunAsync(null, a, "我的手机", "{}")).Refusal),
        K<RenamePasskey>("that is not there", Who.Sessions, async (hub, c, a) => (await hub.Get<RenamePasskey>().RunAsync(a, "AAAA", "我的手机")).Refusal),
        K<RemovePasskey>("that is not there", Who.Sessions, async (hub, c, a) => (await hub.Get<RemovePasskey>().RunAsync(a, "AAAA")).Refusal),
        K<StaffMenu>("", Who.Sessions, async (hub, c, a) => (await hub.Get<StaffMenu>().LoadAsync(a)).Refusal),

        // The community itself: the coordinator's; the auditor reads.
        K<SetUpProgress>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<SetUpProgress>().LoadAsync(a)).Refusal),
        K<FinishSetUp>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<FinishSetUp>().RunAsync(a)).Refusal),
        K<ChooseTeams>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<ChooseTeams>().RunAsync(a, [new TeamRow { Name = "环境队", Chosen = true }])).Refusal),
        K<EnterPerson>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<EnterPerson>().RunAsync(a, new PersonForm { Name = "钱进", TeamCode = "health", Leads = true, Agreed = true })).Refusal),
        K<AddSite>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<AddSite>().RunAsync(a, new SiteForm { Name = "东院广场" })).Refusal),
        K<PlannerMonth>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<PlannerMonth>().LoadAsync(a, new DateOnly(2026, 11, 1), PlannerFilter.None)).Refusal),
        K<RunClashes>("", Who.Planners, async (hub, c, a) => (await hub.Get<RunClashes>().LoadAsync(a, c.Run.Id)).Refusal),
        K<PlannerWeek>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<PlannerWeek>().LoadAsync(a, hub.Today, PlannerFilter.None)).Refusal),
        K<SetMonthlyTheme>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<SetMonthlyTheme>().RunAsync(a, new DateOnly(2026, 12, 1), "暖冬行动", "")).Refusal),
        K<TemplateList>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<TemplateList>().LoadAsync(a)).Refusal),
        K<TemplateEditor>("of a new one", Who.AnyLeader, async (hub, c, a) => (await hub.Get<TemplateEditor>().LoadAsync(a, null, null)).Refusal),
        K<TemplateEditor>("of the host team's", Who.Planners, async (hub, c, a) => (await hub.Get<TemplateEditor>().LoadAsync(a, c.Planning.HealthTemplate, null)).Refusal),
        K<TemplateEditor>("of all teams'", Who.Coordinator, async (hub, c, a) => (await hub.Get<TemplateEditor>().LoadAsync(a, c.Planning.CommonTemplate, null)).Refusal),
        K<TemplateEditor>("of a new one from the host's run", Who.Planners, async (hub, c, a) => (await hub.Get<TemplateEditor>().LoadAsync(a, null, c.Run.Id)).Refusal),
        K<SaveTemplate>("for the host team", Who.Planners, async (hub, c, a) => (await hub.Get<SaveTemplate>().RunAsync(a, null, c.Health.Id, c.Planning.Draft.Outline, 0)).Refusal),
        K<SaveTemplate>("for all teams", Who.Coordinator, async (hub, c, a) => (await hub.Get<SaveTemplate>().RunAsync(a, null, null, c.Planning.Draft.Outline, 0)).Refusal),
        K<SaveTemplate>("of all teams, taken for the host", Who.Coordinator, async (hub, c, a) => (await hub.Get<SaveTemplate>().RunAsync(a, c.Planning.CommonTemplate, c.Health.Id, c.Planning.Draft.Outline, 0)).Refusal),
        K<ArchiveTemplate>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<ArchiveTemplate>().RunAsync(a, c.Planning.HealthTemplate, true)).Refusal),
        K<AddReadyTemplates>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<AddReadyTemplates>().RunAsync(a)).Refusal),
        K<SeriesList>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<SeriesList>().LoadAsync(a)).Refusal),
        K<SeriesEditor>("of a new one", Who.AnyLeader, async (hub, c, a) => (await hub.Get<SeriesEditor>().LoadAsync(a, null, null, null)).Refusal),
        K<SeriesEditor>("of the host team's", Who.Planners, async (hub, c, a) => (await hub.Get<SeriesEditor>().LoadAsync(a, c.Planning.Series, null, null)).Refusal),
        K<SeriesEditor>("of a new one from the host's run", Who.Planners, async (hub, c, a) => (await hub.Get<SeriesEditor>().LoadAsync(a, null, null, c.Run.Id)).Refusal),
        K<SeriesPreview>("of a new one of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<SeriesPreview>().LoadAsync(a, c.Planning.Draft)).Refusal),
        K<SeriesPreview>("of the end of the host team's", Who.Planners, async (hub, c, a) => (await hub.Get<SeriesPreview>().LoadAsync(a, c.Planning.Draft with { Id = c.Planning.Series, Ends = true })).Refusal),
        K<SaveSeries>("of the host team, new", Who.Planners, async (hub, c, a) => (await hub.Get<SaveSeries>().RunAsync(a, c.Planning.Draft, "")).Refusal),
        K<SaveSeries>("of the host team's", Who.Planners, async (hub, c, a) => (await hub.Get<SaveSeries>().RunAsync(a, c.Planning.Draft with { Id = c.Planning.Series }, "")).Refusal),
        K<SaveSeries>("of the host team's, taken for the team that takes part", Who.Coordinator, async (hub, c, a) => (await hub.Get<SaveSeries>().RunAsync(a, c.Planning.Draft with { Id = c.Planning.Series, Host = c.Law.Id }, "")).Refusal),
        K<BatchPreview>("from a template for the host team", Who.Planners, async (hub, c, a) => (await hub.Get<BatchPreview>().LoadAsync(a, BatchOf(hub, c))).Refusal),
        K<BatchPreview>("of a copied week", Who.AnyLeader, async (hub, c, a) => (await hub.Get<BatchPreview>().LoadAsync(a, new BatchDraft(BatchKind.CopiedWeek, hub.Today, hub.Today.AddDays(7)))).Refusal),
        K<PlanBatch>("from a template for the host team", Who.Planners, async (hub, c, a) => (await hub.Get<PlanBatch>().RunAsync(a, BatchOf(hub, c), new HashSet<string> { "2026-12-12" })).Refusal),
        K<BatchList>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<BatchList>().LoadAsync(a)).Refusal),
        K<RevertBatch>("of the host's leader", Who.Coordinator | Who.Leader, async (hub, c, a) => (await hub.Get<RevertBatch>().RunAsync(a, c.Planning.Batch)).Refusal),
        K<HolidayNotices>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<HolidayNotices>().LoadAsync(a)).Refusal),
        K<UploadHolidays>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<UploadHolidays>().RunAsync(a, """{ "year": 2027, "days": [{ "name": "元旦", "date": "2027-01-01", "isOffDay": true }] }"""u8.ToArray())).Refusal),
        K<CommunitySettings>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<CommunitySettings>().LoadAsync(a)).Refusal),
        K<ChangeSettings>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<ChangeSettings>().RunAsync(a, SettingsForm.Defaults with { Name = "新名字", Issuer = "居委会" }, SettingsForm.Defaults)).Refusal),
        K<AccountList>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<AccountList>().LoadAsync(a, "李", AccountsShown.All, null)).Refusal),
        K<SetRole>("of another", Who.Coordinator, async (hub, c, a) => (await hub.Get<SetRole>().RunAsync(a, c.OnRoster.Id, Roles.Coordinator, true)).Refusal),
        K<SetRole>("of oneself", Who.Coordinator, async (hub, c, a) => (await hub.Get<SetRole>().RunAsync(a, a.Id, Roles.Coordinator, true)).Refusal),
        K<LockAccount>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<LockAccount>().RunAsync(a, c.OnRoster.Id, true)).Refusal),
        K<MakeResetLink>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<MakeResetLink>().RunAsync(a, c.OnRoster.Id)).Refusal),

        // The list of people: everybody for who reads all, members of own teams for leaders. What is done to many is done to these.
        K<PeopleList>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<PeopleList>().LoadAsync(a, PeopleFilter.Everybody)).Refusal),
        K<PeopleTotal>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<PeopleTotal>().LoadAsync(a, PeopleFilter.Everybody)).Refusal),
        K<PeopleChoices>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<PeopleChoices>().LoadAsync(a)).Refusal),
        K<SaveFilter>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<SaveFilter>().RunAsync(a, "我的", new PeopleFilter(Team: "health"))).Refusal),
        K<DeleteFilter>("that is not there", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<DeleteFilter>().RunAsync(a, Guid.CreateVersion7())).Refusal),
        K<DeleteFilter>("of the host's leader", Who.Leader, async (hub, c, a) => (await hub.Get<DeleteFilter>().RunAsync(a, c.KeptFilter)).Refusal),
        K<BulkPreview>("of a tag for a member of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<BulkPreview>().LoadAsync(a, Some(c.Free), new PutTag("银铃"))).Refusal),
        K<BulkPreview>("of joining the team that takes part", Who.Coordinator | Who.CoLeader, async (hub, c, a) => (await hub.Get<BulkPreview>().LoadAsync(a, new PeopleSelection(PeopleFilter.Everybody), new JoinTeam(c.Law.Id))).Refusal),
        K<TagPeople>("for a member of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<TagPeople>().RunAsync(a, Some(c.Free), "银铃", true)).Refusal),
        K<TagPeople>("for all that match", Who.AnyLeader, async (hub, c, a) => (await hub.Get<TagPeople>().RunAsync(a, new PeopleSelection(PeopleFilter.Everybody), "银铃", true)).Refusal),
        K<AddPeopleToTeam>("into the host team", Who.Planners, async (hub, c, a) => (await hub.Get<AddPeopleToTeam>().RunAsync(a, new PeopleSelection(PeopleFilter.Everybody), c.Health.Id)).Refusal),
        K<AddPeopleToTeam>("of the host team into the team that takes part", Who.Coordinator, async (hub, c, a) => (await hub.Get<AddPeopleToTeam>().RunAsync(a, Some(c.Free), c.Law.Id)).Refusal),
        // Feeds: everybody's own, a leader's team, the coordinator's community. Sites: read by all who plan; their counter is for who is there.
        K<FeedData>("of own duties", Who.Sessions, async (hub, c, a) => (await hub.Get<FeedData>().LoadAsync(a, FeedTarget.Own)).Refusal),
        K<FeedData>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<FeedData>().LoadAsync(a, new FeedTarget(FeedScope.Team, "health"))).Refusal),
        K<MakeFeed>("of own duties", Who.Sessions, async (hub, c, a) => (await hub.Get<MakeFeed>().RunAsync(a, FeedTarget.Own)).Refusal),
        K<MakeFeed>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<MakeFeed>().RunAsync(a, new FeedTarget(FeedScope.Team, "health"))).Refusal),
        K<MakeFeed>("of the community", Who.Coordinator, async (hub, c, a) => (await hub.Get<MakeFeed>().RunAsync(a, FeedTarget.Community)).Refusal),
        K<RevokeFeed>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<RevokeFeed>().RunAsync(a, new FeedTarget(FeedScope.Team, "health"))).Refusal),
        K<SiteList>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<SiteList>().LoadAsync(a)).Refusal),
        K<SaveSite>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<SaveSite>().RunAsync(a, null, new SiteDetails { Name = "西院驿站" }, 0)).Refusal),
        K<ArchiveSite>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<ArchiveSite>().RunAsync(a, c.Run.SiteId, true)).Refusal),
        K<SiteVisits>("where the volunteer is on duty", Who.AnyLeader | Who.Auditor | Who.LeadNow | Who.OnRoster, async (hub, c, a) => (await hub.Get<SiteVisits>().LoadAsync(a, c.Run.SiteId)).Refusal),
        K<CountVisit>("where the volunteer is on duty", Who.AnyLeader | Who.LeadNow | Who.OnRoster, async (hub, c, a) => (await hub.Get<CountVisit>().RunAsync(a, c.Run.SiteId, Guid.CreateVersion7())).Refusal),
        K<TakeBackVisit>("where the volunteer is on duty", Who.AnyLeader | Who.LeadNow | Who.OnRoster, async (hub, c, a) => (await hub.Get<TakeBackVisit>().RunAsync(a, c.Run.SiteId, Guid.CreateVersion7())).Refusal),
        K<Composition>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<Composition>().LoadAsync(a)).Refusal),
        // Requests of residents: the coordinator's; a team's leaders do those that were sent to it; the auditor looks.
        K<RequestBoard>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<RequestBoard>().LoadAsync(a, new RequestFilter())).Refusal),
        K<RequestList>("", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<RequestList>().LoadAsync(a, new RequestFilter())).Refusal),
        K<RequestDetails>("that waits", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<RequestDetails>().LoadAsync(a, c.Waiting.Id)).Refusal),
        K<RequestDetails>("of the host team", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<RequestDetails>().LoadAsync(a, c.Sent)).Refusal),
        K<RequestDetails>("that is not there", Who.AnyLeader | Who.Auditor, async (hub, c, a) => (await hub.Get<RequestDetails>().LoadAsync(a, RequestId.New())).Refusal),
        K<RequestDesk>("", Who.AnyLeader, async (hub, c, a) => (await hub.Get<RequestDesk>().LoadAsync(a)).Refusal),
        K<EnterRequest>("", Who.AnyLeader, async (hub, c, a) => (await hub.Get<EnterRequest>().RunAsync(a, ARequest)).Refusal),
        K<DispatchRequest>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<DispatchRequest>().RunAsync(a, c.Waiting.Id, c.Health.Id, RequestKind.Health, BeneficiaryGroups.None)).Refusal),
        K<RefuseRequest>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<RefuseRequest>().RunAsync(a, c.Waiting.Id, "不在范围")).Refusal),
        K<AcceptRequest>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<AcceptRequest>().RunAsync(a, c.Sent)).Refusal),
        K<AcceptRequest>("that waits", Who.Coordinator, async (hub, c, a) => (await hub.Get<AcceptRequest>().RunAsync(a, c.Waiting.Id)).Refusal),
        K<HandBackRequest>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<HandBackRequest>().RunAsync(a, c.Sent, "人手不够")).Refusal),
        K<WithdrawRequest>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<WithdrawRequest>().RunAsync(a, c.Sent, "不需要了")).Refusal),
        K<RenewRequestLink>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<RenewRequestLink>().RunAsync(a, c.Sent)).Refusal),
        K<RevealCaller>("of the host team", Who.Planners | Who.Auditor, async (hub, c, a) => (await hub.Get<RevealCaller>().RunAsync(a, c.Sent)).Refusal),
        K<RevealCaller>("of what waits", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<RevealCaller>().RunAsync(a, c.Waiting.Id)).Refusal),
        K<AttachRun>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<AttachRun>().RunAsync(a, c.Accepted, c.Next.Id)).Refusal),
        K<CloseRequest>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<CloseRequest>().RunAsync(a, c.Accepted, new RequestResult("办好了", null, hub.Today))).Refusal),
        K<RequestForRun>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<RequestForRun>().LoadAsync(a, c.Accepted)).Refusal),
        K<PlanRun>("for a request of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<PlanRun>().RunAsync(a, null, c.NewPlan, 0, c.Accepted)).Refusal),
        K<PlanRun>("for a request that waits for a team", Who.Coordinator, async (hub, c, a) => (await hub.Get<PlanRun>().RunAsync(a, null, c.NewPlan, 0, c.Waiting.Id)).Refusal),

        // Notices.
        K<NoticeDesk>("", Who.Staff & ~Who.LeadNow, async (hub, c, a) => (await hub.Get<NoticeDesk>().LoadAsync(a)).Refusal),
        K<NoticeCount>("", Who.Sessions, async (hub, c, a) => (await hub.Get<NoticeCount>().LoadAsync(a)).Refusal),
        K<MakePasteTexts>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<MakePasteTexts>().RunAsync(a, [c.Paste], "https://hub.example")).Refusal),
        K<NotePasted>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<NotePasted>().RunAsync(a, [c.Paste], true)).Refusal),
        K<MendMessage>("of the host team", Who.Planners, async (hub, c, a) => (await hub.Get<MendMessage>().RunAsync(a, c.Paste, false)).Refusal),
        K<SubscribeToStaffing>("of the host team", Who.Leader | Who.Deputy, async (hub, c, a) => (await hub.Get<SubscribeToStaffing>().RunAsync(a, c.Health.Id, StaffingNews.Full)).Refusal),
        K<NoticeWays>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<NoticeWays>().LoadAsync(a)).Refusal),
        K<ReviseMailServer>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<ReviseMailServer>().RunAsync(a, new MailForm())).Refusal),
        K<SendTestMail>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<SendTestMail>().RunAsync(a, "nobody")).Refusal),
        K<ReviseRobot>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<ReviseRobot>().RunAsync(a, c.Health.Id, new RobotForm())).Refusal),
        K<TryRobot>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<TryRobot>().RunAsync(a, c.Health.Id)).Refusal),
        K<RewordNotice>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<RewordNotice>().RunAsync(a, new WordingForm(NoticeKind.TakenOff, NoticeTexts.Usual, "谢谢"))).Refusal),
        K<JobBoard>("", Who.Coordinator | Who.Auditor, async (hub, c, a) => (await hub.Get<JobBoard>().LoadAsync(a)).Refusal),
        K<HastenJob>("", Who.Coordinator, async (hub, c, a) => (await hub.Get<HastenJob>().RunAsync(a, "series")).Refusal),
        K<OwnNotices>("", Who.Sessions, async (hub, c, a) => (await hub.Get<OwnNotices>().LoadAsync(a)).Refusal),
        K<ReadNotices>("", Who.Sessions, async (hub, c, a) => (await hub.Get<ReadNotices>().RunAsync(a)).Refusal),
        // Tablets at the door: who takes attendance of the run.
        K<OpenPairing>("", Who.Takers, async (hub, c, a) => (await hub.Get<OpenPairing>().RunAsync(a, c.Run.Id, "门口")).Refusal),
        K<RevokeKiosk>("", Who.Takers, async (hub, c, a) => (await hub.Get<RevokeKiosk>().RunAsync(a, c.Run.Id, KioskId.New())).Refusal),
        K<PointKiosk>("", Who.Takers, async (hub, c, a) => (await hub.Get<PointKiosk>().RunAsync(a, c.Run.Id, KioskId.New())).Refusal),
        K<RunKiosks>("", Who.Takers, async (hub, c, a) => (await hub.Get<RunKiosks>().LoadAsync(a, c.Run.Id)).Refusal),
        K<ChooseNotices>("", Who.Sessions, async (hub, c, a) => (await hub.Get<ChooseNotices>().RunAsync(a, new NoticeChoiceView(null, false, true, true, null))).Refusal),
    ];

    private static BatchDraft BatchOf(TestHub hub, TestCast c) => new(
        BatchKind.FromTemplate, Template: c.Planning.HealthTemplate, Host: c.Health.Id, Site: c.Planning.Draft.Outline.SiteId, Days: [new DateOnly(2026, 12, 12)]);

    private static RequestForm ARequest => new() { Kind = RequestKind.Care, Need = "陪老人说说话", Comes = true, Source = RequestSource.Visit };

    private const string OnePerson = "姓名\n张三\n";

    private static ImportPlan FileOf(TestHub hub, Actor actor, TeamId? team) =>
        new(new ImportDesk(hub, actor).File(OnePerson), "x.csv", 0, 1, new Dictionary<int, ImportField> { [0] = ImportField.Name }, team);

    /// <summary>Jobs that ask for no actor: why they may be open to everybody.</summary>
    private static readonly Dictionary<Type, string> OpenToAll = new()
    {
        [typeof(IdentifyByPin)] = "It finds out who somebody is; phone number and PIN are the proof, and guesses are counted.",
        [typeof(CheckInForm)] = "The page after the scan: a fresh rotating code, or a signed ticket, is the proof of place.",
        [typeof(PublicHours)] = "What hangs out is for everybody to read, with masked names.",
        [typeof(ObjectToHours)] = "Anybody may object to what hangs out; one address sends few.",
        [typeof(CheckInReceipt)] = "Whoever holds the receipt's address, a random id, sees that one moment.",
        [typeof(TakeBackOwnCheckIn)] = "Whoever holds the receipt's address takes that one moment back, for ten minutes.",
        [typeof(VerifyCertificate)] = "The random code on the paper is the proof; it confirms what was issued, with a masked name, and guesses are counted by address.",
        [typeof(HelpFromReceipt)] = "Whoever holds the receipt of an own check-in helps who stands beside, for ten minutes, as by the form that led there.",
        [typeof(SignInVolunteer)] = "It finds out who somebody is; the password is the proof, and guesses lock the account.",
        [typeof(SignInByPasskey)] = "It finds out who somebody is; the passkey's signature is the proof.",
        [typeof(ResetByLink)] = "The secret token in the link is the proof; it opens the page for one new password.",
        [typeof(ResetPassword)] = "The secret token in the link is the proof; it sets one password once.",
        [typeof(SetUpByLink)] = "The secret token from the console is the proof; it opens the page for the first coordinator.",
        [typeof(MakeFirstCoordinator)] = "The secret token from the console is the proof, and works only while there is no coordinator.",
        [typeof(InvitationByLink)] = "The secret token in the link is the proof; it opens that one invitation.",
        [typeof(JoinFormData)] = "What the form for joining shows: names of teams, and for an invitation who invites.",
        [typeof(ApplyToJoin)] = "Anybody may apply; it makes something that waits, is counted by address, and one waits for each number.",
        [typeof(JoinByInvitation)] = "The secret token of the leader's one-use invitation is the proof.",
        [typeof(WelcomeByLink)] = "The secret token of the one-use welcome link is the proof; it shows the name and number of that one person.",
        [typeof(AskForService)] = "Any resident may ask; it makes something that waits, and is counted by address.",
        [typeof(RequestByLink)] = "The secret token in the link is the proof; it shows that one request to who asked.",
        [typeof(RateRequest)] = "The secret token in the link is the proof; it rates that one request.",
        [typeof(WithdrawByLink)] = "The secret token in the link is the proof; it takes back that one request.",
        [typeof(FeedContents)] = "The secret token of the feed is the proof; what its owner may see is looked up at each reading.",
        [typeof(NoticeBoard)] = "The public notice page: published runs without people, themes, sites.",
        [typeof(PairKiosk)] = "The one-use pairing code is the proof; guesses are counted by address.",
        [typeof(KioskRun)] = "The tablet's token is the proof; it shows the names of the run that it serves, while who answers for it may take attendance.",
        [typeof(TellMoments)] = "The tablet's token is the proof, looked at each time; what a revoked one tells has no effect.",
        [typeof(IdentifyByTail)] = "It finds out who somebody is, among the people of one run; the PIN is the proof, and guesses are counted.",
        [typeof(AcceptWelcome)] = "The secret token of the one-use welcome link is the proof.",
    };

    private static TeamForm ATeam => new() { Name = "邻里互助志愿服务队", Glyph = "邻", Colour = TeamColour.Moss };

    public static TheoryData<string> Knocks => [.. Table.Select(k => k.ToString())];

    [Fact]
    public void Every_job_and_view_is_classified()
    {
        var classified = Table.Select(k => k.Job).Concat(OpenToAll.Keys).ToHashSet();
        Assert.Empty(JobsSetup.All.Where(job => !classified.Contains(job)).Select(job => job.Name));
        Assert.Empty(classified.Where(job => !JobsSetup.All.Contains(job)).Select(job => job.Name));
        Assert.Empty(OpenToAll.Keys.Intersect(Table.Select(k => k.Job)).Select(job => job.Name));
    }

    [Fact]
    public void A_job_without_an_actor_is_one_of_those_that_are_open_on_purpose()
    {
        var actorless = JobsSetup.All.Where(job => !TakesAnActor(job)).ToList();
        Assert.Equal(OpenToAll.Keys.Where(job => job != typeof(CheckInForm)).Select(j => j.Name).Order(), actorless.Select(j => j.Name).Order());

        static bool TakesAnActor(Type job) =>
            (job.GetMethod("RunAsync") ?? job.GetMethod("LoadAsync"))!.GetParameters().Any(p => p.ParameterType == typeof(Actor));
    }

    [Theory]
    [MemberData(nameof(Knocks))]
    public async Task A_job_does_for_each_what_the_table_says(string knock)
    {
        var row = Table.Single(k => k.ToString() == knock);
        var wrong = new List<string>();
        TestHub? hub = null;
        try
        {
            foreach (var (who, actor, now) in stage.Actors)
            {
                if (hub?.Now != now) hub = await stage.AnewAsync(hub, now);
                var (written, denied) = await AuditAsync(hub);
                var refusal = await row.Try(hub, stage.Cast, actor);
                var refused = refusal is NotAllowed;
                var (writtenNow, deniedNow) = await AuditAsync(hub);
                if (refused == row.Allowed.HasFlag(who)) wrong.Add($"{who}: {refusal?.ToString() ?? "done"}");
                if (refused && writtenNow != written) wrong.Add($"{who}: refused, and yet something was written");
                if (refused && row.Job != typeof(CheckInVolunteer) && deniedNow != denied + 1) wrong.Add($"{who}: refused, and the audit does not say so");
                // What was done may have changed something, unless it only looked: the next one finds everything as it was.
                if (writtenNow != written || refusal is null && row.Job.GetMethod("LoadAsync") is null) hub = await stage.AnewAsync(hub, now);
            }
        }
        finally
        {
            if (hub is not null) await hub.DisposeAsync();
        }

        Assert.Empty(wrong);
    }

    private static async Task<(long Written, long Denied)> AuditAsync(TestHub hub)
    {
        await using var connection = hub.OpenDatabase();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FILTER (WHERE Action<>'Denied'), COUNT(*) FILTER (WHERE Action='Denied') FROM AuditLines";
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetInt64(1));
    }

    private static Task<MembershipId> MembershipAsync(TestHub hub, VolunteerId who) => hub.LookAsync(db => db.Memberships.Where(m => m.VolunteerId == who).Select(m => m.Id).SingleAsync());

    private static PeopleSelection Some(Volunteer who) => new(PeopleFilter.Everybody, [who.Id]);

    private static Knock K<TJob>(string on, Who allowed, Func<TestHub, TestCast, Actor, Task<Refusal?>> attempt) => new(typeof(TJob), on, allowed, attempt);

    /// <summary>A search that the leader of the host team started; it lives in the process, not in the records.</summary>
    private static async Task<Guid> SearchAsync(TestHub hub, TestCast cast) =>
        (await hub.Get<ProposeRoster>().RunAsync(cast.LeaderOfHealth, new ProposalScope(hub.Today, 1, null, cast.Next.Id, new ProposalOptions()))).Value!.Id;

    /// <summary>The cast, made once and copied for each who knocks.</summary>
    public sealed class Stage : IAsyncLifetime
    {
        private TestHub? _hub;

        public TestCast Cast { get; private set; } = null!;

        public IReadOnlyList<(Who Who, Actor Actor, DateTimeOffset Now)> Actors =>
        [
            (Who.Coordinator, Cast.Coordinator, TestHub.Morning),
            (Who.Auditor, Cast.Auditor, TestHub.Morning),
            (Who.Leader, Cast.LeaderOfHealth, TestHub.Morning),
            (Who.Deputy, Cast.DeputyOfHealth, TestHub.Morning),
            (Who.CoLeader, Cast.LeaderOfLaw, TestHub.Morning),
            (Who.OtherLeader, Cast.LeaderOfCare, TestHub.Morning),
            (Who.LeadNow, Cast.RunLead, TestHub.Morning),
            (Who.OnRoster, Cast.Volunteer, TestHub.Morning),
            (Who.Stranger, Cast.Stranger, TestHub.Morning),
            (Who.ExLeader, Cast.ExLeader, TestHub.Morning),
            (Who.PausedLeader, Cast.PausedLeader, TestHub.Morning),
            (Who.RememberedPhone, Cast.RememberedPhone, TestHub.Morning),
            (Who.InvitationLink, Cast.InvitationLink, TestHub.Morning),
            (Who.LeadBefore, Cast.RunLead, TestHub.Morning.AddDays(-3)),
        ];

        public async ValueTask InitializeAsync()
        {
            _hub = await TestHub.CreateAsync();
            Cast = await TestCast.OnAsync(_hub);
            await _hub.ArriveAsync(Cast.Run, Cast.Second);
            await Cast.GiveHoursAsync();
        }

        /// <summary>Closes one copy and opens another.</summary>
        public async Task<TestHub> AnewAsync(TestHub? old, DateTimeOffset now)
        {
            if (old is not null) await old.DisposeAsync();
            return await TestHub.CreateAsync(new TestHubOptions { CopyOf = _hub, Now = now });
        }

        public ValueTask DisposeAsync() => _hub!.DisposeAsync();
    }
}

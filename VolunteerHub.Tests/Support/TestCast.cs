using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Volunteers;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Support;

/// <summary>
/// Everybody who may knock at a door: a run of the health team with a post for the law team, today from 09:00 to 11:30,
/// and the people around it, each as an actor.
/// </summary>
public sealed class TestCast
{
    /// <summary>The PIN of the volunteer on the roster.</summary>
    public const string Pin = "2580";

    /// <summary>The phone number of the volunteer on the roster.</summary>
    public const string Phone = "13804701234";

    private TestCast(TestHub hub, Team health, Team law, Team care) => (Hub, Health, Law, Care) = (hub, health, law, care);

    public TestHub Hub { get; }

    /// <summary>Hosts the run.</summary>
    public Team Health { get; }

    /// <summary>Takes part in the run with a post of its own.</summary>
    public Team Law { get; }

    /// <summary>Has nothing to do with the run.</summary>
    public Team Care { get; }

    /// <summary>Posts 领队, 引导, 代书 (of the law team).</summary>
    public required ServiceRun Run { get; init; }

    /// <summary>The same team's run of the same title in three days, still a draft: 领队 empty, 引导 with the volunteer proposed.</summary>
    public required ServiceRun Next { get; init; }

    /// <summary>On the roster as 引导.</summary>
    public required Volunteer OnRoster { get; init; }

    /// <summary>Hours of the volunteer on the roster, where somebody gives them.</summary>
    public HourEntryId Hours { get; } = HourEntryId.New();

    /// <summary>Gives the volunteer on the roster hours that nobody has confirmed.</summary>
    public Task GiveHoursAsync() => Hub.ChangeAsync(db => db.HourEntries.Add(new HourEntry(Hours, Run.Id, OnRoster.Id, TimeSpan.FromHours(2), HourStatus.Proposed, Hub.Now)));

    /// <summary>Also on the roster as 引导.</summary>
    public required Volunteer Second { get; init; }

    /// <summary>The seat on the law team's post.</summary>
    public required AssignmentId CoSeat { get; init; }

    /// <summary>A plan of the host team for another run.</summary>
    public required RunPlan NewPlan { get; init; }

    /// <summary>A member of the host team who is free.</summary>
    public required Volunteer Free { get; init; }

    public required Volunteer LeadPerson { get; init; }

    /// <summary>The token of the invitation that the volunteer on the roster got for the run.</summary>
    public required string InvitationToken { get; init; }

    public required Actor Coordinator { get; init; }

    public required Actor Auditor { get; init; }

    public required Actor LeaderOfHealth { get; init; }

    public required Actor DeputyOfHealth { get; init; }

    public required Actor LeaderOfLaw { get; init; }

    public required Actor LeaderOfCare { get; init; }

    /// <summary>Holds the lead post of <see cref="Run"/>; a lead only around the run.</summary>
    public required Actor RunLead { get; init; }

    public required Actor Volunteer { get; init; }

    /// <summary>A volunteer of another team.</summary>
    public required Actor Stranger { get; init; }

    /// <summary>Led the host team until yesterday: today is the first day without.</summary>
    public required Actor ExLeader { get; init; }

    /// <summary>Leads the host team, and pauses.</summary>
    public required Actor PausedLeader { get; init; }

    /// <summary>The phone of the volunteer on the roster.</summary>
    public required Actor RememberedPhone { get; init; }

    /// <summary>The volunteer on the roster, by an invitation link.</summary>
    public required Actor InvitationLink { get; init; }

    /// <summary>The health team asks the care team for <see cref="Stranger"/>, for the run in three days; nobody answered yet.</summary>
    public required LendingId Asked { get; init; }

    /// <summary>Somebody who applied to the host team and waits.</summary>
    public required JoinApplicationId Application { get; init; }

    /// <summary>The token of an invitation into the host team, and the link itself.</summary>
    public required (string Token, Guid Id) JoinLink { get; init; }

    /// <summary>The token of the welcome link of <see cref="Free"/>, who has no account.</summary>
    public required string WelcomeToken { get; init; }

    /// <summary>A filter of the list of people that the leader of the host team keeps.</summary>
    public required Guid KeptFilter { get; init; }

    /// <summary>What the host team plans from.</summary>
    public required PlanningCast Planning { get; init; }

    /// <summary>A figure that was typed by hand into the health team's report of the year.</summary>
    public required TypedFigureId Typed { get; init; }

    /// <summary>A partner that took something on for <see cref="Run"/>.</summary>
    public required (PartnerId Id, PartnerClaimId Claim) Partner { get; init; }

    /// <summary>A resident's request that waits for a team, with the secret of its private link.</summary>
    public required (RequestId Id, string Token) Waiting { get; init; }

    /// <summary>One that was sent to the host team, and one that the host team accepted.</summary>
    public required RequestId Sent { get; init; }

    public required RequestId Accepted { get; init; }

    /// <summary>The secret of the private link of a request that is done and not rated.</summary>
    public required string Done { get; init; }

    /// <summary>A text of the host team that waits to be pasted to <see cref="OnRoster"/>.</summary>
    public required MessageId Paste { get; init; }

    /// <summary>A change that put <see cref="OnRoster"/> on the draft of <see cref="Next"/>.</summary>
    public required RosterEditId Edit { get; init; }

    /// <summary>Asks <see cref="Free"/> for the host's post of <see cref="Run"/> that may take more.</summary>
    public required (LadderId Id, CoverAskId Ask) Ladder { get; init; }

    /// <summary>An asking of the volunteer on the roster for a seat of <see cref="Run"/>; it has ended.</summary>
    public required CoverAskId CoverAsk { get; init; }

    public static async Task<TestCast> OnAsync(TestHub hub)
    {
        var (health, law, care) = (await hub.TeamAsync("health"), await hub.TeamAsync("law"), await hub.TeamAsync("care"));
        var coordinator = await hub.CoordinatorAsync();
        var auditor = await hub.VolunteerAsync("孙审");
        await hub.AccountAsync(auditor, null, Roles.Auditor);
        var leader = await hub.VolunteerAsync("王芳", health, TeamRole.Leader);
        var deputy = await hub.VolunteerAsync("陈杰", health, TeamRole.Deputy);
        var coLeader = await hub.VolunteerAsync("周律", law, TeamRole.Leader);
        var otherLeader = await hub.VolunteerAsync("吴爱", care, TeamRole.Leader);
        var exLeader = await hub.VolunteerAsync("郑前");
        await hub.MembershipAsync(exLeader, health, TeamRole.Leader, until: hub.Today);
        var paused = await hub.VolunteerAsync("冯停", health, TeamRole.Leader, also: v => v.Pause());
        var lead = await hub.VolunteerAsync("张桂兰", health);
        var volunteer = await hub.VolunteerAsync("李娜", health, phone: Phone, pin: Pin);
        var second = await hub.VolunteerAsync("巴特尔", health);
        var free = await hub.VolunteerAsync("何云", health);
        var writer = await hub.VolunteerAsync("许文", law);
        var stranger = await hub.VolunteerAsync("马远", care);
        var run = await hub.RunAsync(new RunSketch(
            health,
            new PostSketch("领队", lead) { IsLead = true, Max = 1 },
            new PostSketch("引导", volunteer, second) { Max = 4 },
            new PostSketch("代书", writer) { CoTeam = law })
        { CoTeams = [law] });
        var next = await hub.RunAsync(new RunSketch(
            health,
            new PostSketch("领队") { IsLead = true, Max = 1 },
            new PostSketch("引导", volunteer) { Max = 4 },
            new PostSketch("代书") { CoTeam = law })
        { CoTeams = [law], Day = hub.Today.AddDays(3), Published = false });
        var draft = next.SeatOf(volunteer);
        var edit = new RosterEdit(RosterEditKind.Copy, [new RosterStep(next.Id, draft.Id, draft.PostId, volunteer.Id, true, AssignmentOrigin.Leader)], leader.Id, hub.Now);
        await hub.ChangeAsync(db => db.RosterEdits.Add(edit));
        var (token, hash) = SecretToken.New();
        await hub.ChangeAsync(db => db.InvitationLinks.Add(new InvitationLink(run.SeatOf(volunteer).Id, hash, leader.Id, hub.Now, run.StartsAt)));
        var asked = Lending.Ask(stranger.Id, next.Id, care.Id, health.Id, leader.Id, hub.Now, null);
        await hub.ChangeAsync(db => db.Lendings.Add(asked));
        var application = await hub.ApplicationAsync("田静", "13904701122", health);
        var join = await hub.LinkAsync(LinkUse.Join, team: health, by: leader);
        var kept = new SavedFilter(leader.Id, "我的", "?team=health");
        await hub.ChangeAsync(db => db.SavedFilters.Add(kept));
        var partner = new Partner(new PartnerFacts("红石榴社区卫生服务站", PartnerKind.Stationed, "刘站长", hub.Get<FieldProtector>().Protect("+8613904705678"), [new PartnerOffer("义诊医生", null, null)]));
        partner.Claim("义诊医生", run.Id, leader.Id, hub.Now, hub.Today);
        await hub.ChangeAsync(db => db.Partners.Add(partner));
        var ladder = new CoverLadder(run.Id, run.PostNamed("引导").Id, null, 4, run.StartsAt, leader.Id, hub.Now);
        ladder.Ask([free.Id], CoverPolicy.Default, default, TestHub.Zone, hub.Now, atOnce: true);
        await hub.ChangeAsync(db => db.CoverLadders.Add(ladder));
        var said = new Notice(NoticeKind.TakenOff, volunteer.Id, hub.Now, hub.Now) { RunId = next.Id, TeamId = health.Id };
        said.Gather(hub.Now);
        var paste = new Message(Channel.WeChat, volunteer.Id, health.Id, [said.Id], hub.Now);
        await hub.ChangeAsync(db =>
        {
            db.Notices.Add(said);
            db.Messages.Add(paste);
        });
        var ended = new CoverLadder(run.Id, run.PostNamed("引导").Id, null, 2, run.StartsAt, leader.Id, hub.Now.AddDays(-2));
        ended.Ask([volunteer.Id], CoverPolicy.Default, default, TestHub.Zone, hub.Now.AddDays(-2));
        ended.End(LadderStatus.Stopped, hub.Now.AddDays(-1));
        // The seats of the run were allotted before the people were known.
        var release = new FairRelease(run.Id, hub.Now.AddDays(-1), 4711, leader.Id, hub.Now.AddDays(-3));
        release.Say(volunteer.Id, [run.PostNamed("引导").Id], hub.Now.AddDays(-2));
        release.Close([new Allotted(volunteer.Id, 1, false, 120, 471100, AllottedAs.Seat, run.PostNamed("引导").Id)], hub.Now.AddDays(-1));
        await hub.ChangeAsync(db =>
        {
            db.CoverLadders.Add(ended);
            db.FairReleases.Add(release);
        });
        return new TestCast(hub, health, law, care)
        {
            Ladder = (ladder.Id, ladder.Asks[0].Id),
            Paste = paste.Id,
            CoverAsk = ended.Asks[0].Id,
            Partner = (partner.Id, partner.Claims[0].Id),
            Planning = await PlanningCast.OnAsync(hub, health, leader.Id),
            Typed = await hub.TypedFigureAsync(health, leader),
            Waiting = await hub.RequestAsync(),
            Sent = (await hub.RequestAsync(health)).Id,
            Accepted = (await hub.RequestAsync(health, accepted: true)).Id,
            Done = (await hub.RequestAsync(health, accepted: true, done: true)).Token,
            Edit = edit.Id,
            KeptFilter = kept.Id,
            Asked = asked.Id,
            Application = application.Id,
            JoinLink = join,
            WelcomeToken = (await hub.LinkAsync(LinkUse.Welcome, free, by: leader)).Token,
            Run = run,
            Next = next,
            OnRoster = volunteer,
            Second = second,
            CoSeat = run.SeatOf(writer).Id,
            NewPlan = await hub.PlanOfAsync(new RunSketch(health, new PostSketch("引导")) { Day = hub.Today.AddDays(10) }),
            Free = free,
            LeadPerson = lead,
            InvitationToken = token,
            Coordinator = coordinator,
            Auditor = hub.ActorOf(auditor),
            LeaderOfHealth = hub.ActorOf(leader),
            DeputyOfHealth = hub.ActorOf(deputy),
            LeaderOfLaw = hub.ActorOf(coLeader),
            LeaderOfCare = hub.ActorOf(otherLeader),
            RunLead = hub.ActorOf(lead),
            Volunteer = hub.ActorOf(volunteer),
            Stranger = hub.ActorOf(stranger),
            ExLeader = hub.ActorOf(exLeader),
            PausedLeader = hub.ActorOf(paused),
            RememberedPhone = hub.ActorOf(volunteer, Via.RememberedPhone),
            InvitationLink = hub.ActorOf(volunteer, Via.InvitationLink),
        };
    }
}

using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.CheckIn.Paper;
using VolunteerHub.Web.Features.CheckIn.Review;
using VolunteerHub.Web.Features.CheckIn.WalkIns;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>Whoever comes is let in; who it was is found out later.</summary>
public sealed class UnknownWalkInTests : IAsyncLifetime
{
    private const string Number = "13904705678";

    private TestHub _hub = null!;
    private Team _health = null!;
    private Actor _leader = null!;
    private Volunteer _known = null!, _seated = null!;
    private ServiceRun _run = null!;

    private PostId Post => _run.PostNamed("引导").Id;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _health = await _hub.TeamAsync("health");
        _leader = _hub.ActorOf(await _hub.VolunteerAsync("王芳", _health, TeamRole.Leader));
        (_known, _seated) = (await _hub.VolunteerAsync("苏阳", _health, phone: Number), await _hub.VolunteerAsync("李娜", _health));
        _run = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", [_seated])));
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Whoever_comes_is_in_at_once_is_counted_and_signs_out_like_anybody()
    {
        var request = Guid.CreateVersion7();
        var id = (await AddAsync("赵六", "139 0470", request)).Value;
        Assert.Equal(id, (await AddAsync("赵六", "139 0470", request)).Value);
        Assert.IsType<WalkInNameMissing>((await AddAsync("  ", null)).Refusal);
        var board = await BoardAsync();
        Assert.Equal((1, 1, 1, 1), (board.Arrived, board.Present, board.WalkIns, board.ToReview));
        Assert.Equal(("赵六", "引导", _hub.Now), Assert.Single(board.Unknown) is var here ? (here.Name, here.Post, here.InAt) : default);
        Assert.False((await _hub.Get<SignOutWalkIn>().RunAsync(_leader, _run.Id, id, leaving: true)).Refused);
        Assert.IsType<NotCheckedIn>((await _hub.Get<SignOutWalkIn>().RunAsync(_leader, _run.Id, id, leaving: true)).Refusal);
        Assert.Equal((1, 0), (await BoardAsync() is var left) ? (left.Arrived, left.Present) : default);
        Assert.False((await _hub.Get<SignOutWalkIn>().RunAsync(_leader, _run.Id, id, leaving: false)).Refused);
        // Also long after the door has closed: the person stands there.
        _hub.GoTo(_run.EndsAt.AddHours(3));
        Assert.False((await AddAsync("钱七", null)).Refused);
    }

    [Fact]
    public async Task Signing_everybody_out_and_closing_by_the_policy_mean_them_too()
    {
        await AddAsync("赵六", null);
        await _hub.ArriveAsync(_run, _seated);
        _hub.GoTo(_hub.At("10:00"));
        Assert.Equal(2, (await _hub.Get<SignOutAll>().RunAsync(_leader, _run.Id)).Value);
        await AddAsync("钱七", null);
        _hub.GoTo(_run.EndsAt.AddMinutes(61));
        await _hub.WorkAsync<CloseForgotten>();
        Assert.Equal([_hub.At("10:00"), _run.EndsAt], (await BoardAsync()).Unknown.Select(w => w.OutAt!.Value));
    }

    [Fact]
    public async Task A_number_that_is_known_names_its_owner_and_the_times_become_theirs_and_nothing_of_it_stays()
    {
        var id = (await AddAsync("苏羊", " 139-0470-5678 ")).Value;
        _hub.GoTo(_hub.At("10:50"));
        await _hub.Get<SignOutWalkIn>().RunAsync(_leader, _run.Id, id, leaving: true);
        var item = Assert.Single((await ReviewAsync()).Open);
        Assert.Equal((ReviewKind.ToMatch, "苏羊", "139****5678", _known.Id), (item.Kind, item.WalkIn!.Name, item.WalkIn.Phone, item.WalkIn.ByPhone!.Id));
        Assert.Equal(_known.Id, Assert.Single((await _hub.Get<WalkInSearch>().LoadAsync(_leader, _run.Id, "+86 139 0470 5678")).Value!).Id);
        // It is not settled like another.
        Assert.IsType<ReviewItemNotFound>((await _hub.Get<SettleReview>().RunAsync(_leader, _run.Id, item.Id, ReviewOutcome.Kept)).Refusal);
        Assert.False((await MatchAsync(id, _known)).Refused);
        var interval = Assert.Single((await _hub.AttendanceOfAsync(_run, _known))!.Intervals);
        Assert.Equal((TestHub.Morning, _hub.At("10:50"), EvidenceKind.LeaderAttested), (interval.In.OccurredAt, interval.Out!.OccurredAt, interval.In.Evidence));
        Assert.Equal(_hub.At("10:50") - _run.StartsAt, (await _hub.LookAsync(db => db.HourEntries.SingleAsync())).Credited);
        Assert.Equal(1, await _hub.CountAsync("UnknownWalkIns WHERE Name IS NULL AND Phone IS NULL AND SettledAt IS NOT NULL"));
        Assert.Empty((await ReviewAsync()).Open);
        Assert.Equal((_known.Name, ReviewOutcome.PutRight), Assert.Single((await ReviewAsync()).Settled) is var settled ? (settled.Name, settled.Outcome) : default);
        Assert.IsType<AlreadySettled>((await MatchAsync(id, _known)).Refusal);
        Assert.Empty((await BoardAsync()).Unknown);
    }

    [Fact]
    public async Task Name_and_number_stand_nowhere_in_clear_and_every_step_is_in_the_audit()
    {
        var id = (await AddAsync("独孤求败", Number)).Value;
        await _hub.Get<OpenWalkIn>().RunAsync(_leader, _run.Id, id);
        await MatchAsync(id, _known);
        Assert.DoesNotContain("独孤求败", await _hub.LookAsync(async db => string.Concat((await db.AuditLines.ToListAsync()).Select(l => l.Changes))), StringComparison.Ordinal);
        var lines = await _hub.LookAsync(db => db.AuditLines.Where(l => l.Subject == nameof(UnknownWalkIn)).OrderBy(l => l.Id).Select(l => l.Action).ToListAsync());
        Assert.Equal(["Added", "Revealed", "Modified"], lines);
        Assert.Equal(0, await _hub.CountAsync("UnknownWalkIns WHERE Name LIKE '%独孤%' OR Phone LIKE '%5678%'"));
    }

    [Fact]
    public async Task Who_was_in_already_is_not_in_twice_and_what_was_told_twice_is_discarded_with_a_reason()
    {
        await _hub.ArriveAsync(_run, _seated);
        _hub.GoTo(_hub.At("09:10"));
        var id = (await AddAsync("李娜", null)).Value;
        Assert.Equal(_seated.Id, Assert.Single(Assert.Single((await ReviewAsync()).Open).WalkIn!.ByName).Id);
        Assert.IsType<AlreadyCheckedIn>((await MatchAsync(id, _seated)).Refusal);
        Assert.Single((await _hub.AttendanceOfAsync(_run, _seated))!.Intervals);
        Assert.Single((await ReviewAsync()).Open);
        Assert.IsType<WhyMissing>((await _hub.Get<DiscardWalkIn>().RunAsync(_leader, _run.Id, id, " ")).Refusal);
        Assert.False((await _hub.Get<DiscardWalkIn>().RunAsync(_leader, _run.Id, id, "已经签过")).Refused);
        Assert.Equal(1, await _hub.CountAsync("UnknownWalkIns WHERE Name IS NULL AND DiscardedBecause='已经签过'"));
        Assert.Equal(ReviewOutcome.Dismissed, Assert.Single((await ReviewAsync()).Settled).Outcome);
    }

    [Fact]
    public async Task Somebody_new_is_registered_by_what_was_said_and_is_present_as_themselves()
    {
        var id = (await AddAsync("周八", "13604701111")).Value;
        var said = (await _hub.Get<OpenWalkIn>().RunAsync(_leader, _run.Id, id)).Value!;
        var who = (await _hub.Get<RegisterVolunteer>().RunAsync(_leader, new RegisterForm { Name = said.Name, Phone = said.Phone, TeamId = _health.Id })).Value;
        Assert.False((await _hub.Get<MatchWalkIn>().RunAsync(_leader, _run.Id, id, who)).Refused);
        var here = Assert.Single((await BoardAsync()).People, p => p.Id == who);
        Assert.Equal((Presence.Present, true), (here.Presence, here.WalkIn));
    }

    [Fact]
    public async Task Whose_seat_a_rule_forbids_is_not_refused_but_stands_on_the_list_without_one()
    {
        var law = await _hub.TeamAsync("law");
        var elsewhere = await _hub.RunAsync(new RunSketch(law, new PostSketch("代书", [_known])) { Title = "另一场" });
        var id = (await AddAsync("苏阳", Number)).Value;
        Assert.False((await MatchAsync(id, _known)).Refused);
        Assert.NotNull((await _hub.AttendanceOfAsync(_run, _known))!.Open);
        Assert.Equal(ReviewKind.NotOnRoster, Assert.Single((await ReviewAsync()).Open).Kind);
        Assert.NotNull(elsewhere);
    }

    [Fact]
    public async Task A_name_on_the_sheet_that_is_in_no_register_is_taken_in_with_its_times()
    {
        _hub.GoTo(_run.EndsAt.AddHours(3));
        var entry = new SheetEntry(Guid.CreateVersion7(), "郑九", "9:05", "=");
        Assert.IsType<SheetPersonUnknown>((await _hub.Get<EnterSheetRow>().RunAsync(_leader, _run.Id, entry)).Refusal);
        var job = _hub.Get<EnterUnknownRow>();
        Assert.IsType<SheetTimeUnclear>((await job.RunAsync(_leader, _run.Id, entry with { In = "早上" }, Post, null)).Refusal);
        Assert.IsType<SheetTimesMissing>((await job.RunAsync(_leader, _run.Id, entry with { In = "" }, Post, null)).Refusal);
        for (var twice = 0; twice < 2; twice++)
            Assert.Equal(("郑九", _hub.At("09:05"), _run.EndsAt), (await job.RunAsync(_leader, _run.Id, entry, Post, Number)).Value is { } row ? (row.Name, row.InAt, row.OutAt!.Value) : default);
        var item = Assert.Single((await ReviewAsync()).Open);
        Assert.Equal((EvidenceKind.PaperSheet, _known.Id), (item.Evidence, item.WalkIn!.ByPhone!.Id));
    }

    [Fact]
    public async Task Who_gets_a_seat_after_a_fact_was_told_is_credited_at_once()
    {
        _hub.GoTo(_hub.At("11:00"));
        foreach (var (at, arriving) in new[] { (_run.StartsAt, true), (_hub.At("10:30"), false) })
            await _hub.Writer.TellAsync(new TellFact(_run.Id, _known.Id, new AttendanceMoment(at, _hub.Now, Guid.CreateVersion7(), EvidenceKind.Kiosk, _leader.Id), arriving, Doubts.None, KioskId.New()));
        Assert.Equal(0, await _hub.CountAsync("HourEntries"));
        Assert.False((await _hub.Get<AssignVolunteer>().RunAsync(_leader, _run.Id, Post, _known.Id, "临时来帮忙")).Refused);
        Assert.Equal(TimeSpan.FromMinutes(90), (await _hub.LookAsync(db => db.HourEntries.SingleAsync())).Credited);
        // And who loses the seat again is not.
        var seat = (await _hub.LoadAsync(_run.Id)).SeatOf(_known);
        Assert.False((await _hub.Get<RemoveFromRoster>().RunAsync(_leader, _run.Id, seat.Id)).Refused);
        Assert.Equal(TimeSpan.Zero, (await _hub.LookAsync(db => db.HourEntries.SingleAsync())).Credited);
    }

    private Task<Outcome<UnknownWalkInId>> AddAsync(string? name, string? phone, Guid? request = null) =>
        _hub.Get<AddUnknownWalkIn>().RunAsync(_leader, _run.Id, new NewWalkIn(request ?? Guid.CreateVersion7(), Post, name, phone));

    private Task<Outcome> MatchAsync(UnknownWalkInId id, Volunteer who) => _hub.Get<MatchWalkIn>().RunAsync(_leader, _run.Id, id, who.Id);

    private async Task<AttendanceBoardView> BoardAsync() => (await _hub.Get<AttendanceBoard>().LoadAsync(_leader, _run.Id)).Value!;

    private async Task<ReviewView> ReviewAsync() => (await _hub.Get<ReviewList>().LoadAsync(_leader, _run.Id)).Value!;
}

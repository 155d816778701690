using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.SignUps;

/// <summary>A stand-in is sought, people are asked, the first yes wins; and a yes of long ago is said again.</summary>
public sealed class StandInTests
{
    [Fact]
    public async Task Who_seeks_a_stand_in_keeps_the_seat_and_can_come_after_all()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        var seat = cast.Run.SeatOf(cast.Holder).Id;
        Assert.False((await hub.Get<SeekCover>().RunAsync(hub.ActorOf(cast.Holder, Via.RememberedPhone), seat, " 孩子生病 ")).Refused);
        var sought = (await cast.LoadAsync()).SeatOf(cast.Holder);
        Assert.Equal((AssignmentStatus.CoverSought, true, "孩子生病"), (sought.Status, sought.Holds, sought.History[^1].Note));
        Assert.False((await hub.Get<AnswerInvitation>().RunAsync(hub.ActorOf(cast.Holder), seat, true, null)).Refused);
        Assert.Equal(AssignmentStatus.Accepted, (await cast.LoadAsync()).SeatOf(cast.Holder).Status);
    }

    [Fact]
    public async Task After_the_deadline_a_no_is_refused_and_a_stand_in_can_still_be_sought_by_the_link()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        var token = await hub.InvitationAsync(cast.Run, cast.Holder);
        hub.GoTo(cast.Run.StartsAt.AddHours(-3));
        Assert.IsType<WithdrawalTooLate>((await hub.Get<AnswerInvitation>().RunByLinkAsync(token, false, "孩子生病")).Refusal);
        Assert.True((await hub.Get<InvitationByLink>().LoadAsync(token)).Value!.Duty!.IsLateForNo);
        Assert.False((await hub.Get<SeekCover>().RunByLinkAsync(token, null)).Refused);
        Assert.Equal(AssignmentStatus.CoverSought, (await cast.LoadAsync()).SeatOf(cast.Holder).Status);
        hub.GoTo(cast.Run.StartsAt);
        Assert.IsType<InvitationOver>((await hub.Get<SeekCover>().RunByLinkAsync(token, null)).Refusal);
        Assert.IsType<AnswerTooLate>((await hub.Get<SeekCover>().RunAsync(hub.ActorOf(cast.Holder), cast.Run.SeatOf(cast.Holder).Id, null)).Refusal);
    }

    [Fact]
    public async Task Who_has_not_said_yes_has_nothing_to_hand_over_or_to_confirm()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        var seat = cast.Run.SeatOf(cast.Holder).Id;
        Assert.False((await cast.NoAsync(cast.Holder, seat)).Refused);
        Assert.Equal(new InvitationOver(), (await hub.Get<SeekCover>().RunAsync(hub.ActorOf(cast.Holder), seat, null)).Refusal);
        Assert.Equal(new InvitationOver(), (await hub.Get<ConfirmDuty>().RunAsync(hub.ActorOf(cast.Holder), seat)).Refusal);
        Assert.Equal(new InvitationOver(), (await hub.Get<ConfirmDuty>().RunAsync(hub.ActorOf(cast.Holder), AssignmentId.New())).Refusal);
    }

    [Fact]
    public async Task A_yes_that_is_asked_for_again_is_said_again_in_one_step()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        var token = await hub.InvitationAsync(cast.Run, cast.Holder);
        await cast.ChangeAsync(run => run.AskToConfirm(run.SeatOf(cast.Holder).Id, hub.Now));
        Assert.True((await hub.Get<InvitationByLink>().LoadAsync(token)).Value!.Duty!.AwaitsConfirmation);
        Assert.False((await hub.Get<ConfirmDuty>().RunByLinkAsync(token)).Refused);
        var duty = (await hub.Get<InvitationByLink>().LoadAsync(token)).Value!.Duty!;
        Assert.Equal((false, AssignmentStatus.Accepted), (duty.AwaitsConfirmation, duty.Status));
    }

    [Fact]
    public async Task The_first_yes_wins_and_the_others_are_thanked()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        var (first, second) = await cast.AskedAsync(cast.Free, cast.Other) is [var a, var b] ? (a, b) : default;
        var token = await hub.InvitationAsync(cast.Run, cast.Holder);
        Assert.Equal(first, Assert.Single((await hub.Get<OwnInvitations>().LoadAsync(hub.ActorOf(cast.Free, Via.RememberedPhone))).Value!.Asks).Id);
        Assert.False((await hub.Get<AnswerCoverAsk>().RunByLinkAsync(await cast.LinkAsync(first), true)).Refused);
        var run = await cast.LoadAsync();
        Assert.Equal((AssignmentStatus.Replaced, AssignmentStatus.Accepted, AssignmentOrigin.Cover), (run.SeatOf(cast.Holder).Status, run.SeatOf(cast.Free).Status, run.SeatOf(cast.Free).Origin));

        Assert.Equal(new SeatTaken(), (await hub.Get<AnswerCoverAsk>().RunAsync(hub.ActorOf(cast.Other), second, true)).Refusal);
        Assert.Equal(CoverAskState.Mine, (await hub.Get<OwnCoverAsk>().LoadAsync(hub.ActorOf(cast.Free), first)).Value!.Ask.State);
        Assert.Equal(CoverAskState.Filled, (await hub.Get<OwnCoverAsk>().LoadAsync(hub.ActorOf(cast.Other), second)).Value!.Ask.State);
        Assert.Empty((await hub.Get<OwnInvitations>().LoadAsync(hub.ActorOf(cast.Other))).Value!.Asks);
        // Who is free has no duty any more; the old link says that somebody came.
        Assert.Empty((await hub.Get<OwnInvitations>().LoadAsync(hub.ActorOf(cast.Holder))).Value!.Duties);
        Assert.Equal(AssignmentStatus.Replaced, (await hub.Get<InvitationByLink>().LoadAsync(token)).Value!.Duty!.Status);
    }

    [Fact]
    public async Task A_no_can_turn_into_a_yes_as_long_as_nobody_came()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        var ask = (await cast.AskedAsync(cast.Free))[0];
        var me = hub.ActorOf(cast.Free);
        Assert.False((await hub.Get<AnswerCoverAsk>().RunAsync(me, ask, false)).Refused);
        Assert.Equal(CoverAskState.SaidNo, (await hub.Get<OwnCoverAsk>().LoadAsync(me, ask)).Value!.Ask.State);
        Assert.Empty((await hub.Get<OwnInvitations>().LoadAsync(me)).Value!.Asks);
        Assert.False((await hub.Get<AnswerCoverAsk>().RunAsync(me, ask, true)).Refused);
        Assert.Equal(AssignmentStatus.Replaced, (await cast.LoadAsync()).SeatOf(cast.Holder).Status);
    }

    [Fact]
    public async Task Who_may_not_come_any_more_is_told_why_and_nothing_changes()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        var ask = (await cast.AskedAsync(cast.Free))[0];
        await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("代写", cast.Free)) { Day = hub.Today.AddDays(5), Title = "送健康·量血压" });
        var refused = Assert.IsType<NotEligible>((await hub.Get<AnswerCoverAsk>().RunAsync(hub.ActorOf(cast.Free), ask, true)).Refusal);
        Assert.Contains(refused.Obstacles, o => o is BusyElsewhere);
        Assert.Equal(AssignmentStatus.CoverSought, (await cast.LoadAsync()).SeatOf(cast.Holder).Status);
        Assert.Equal(CoverAskState.Open, (await hub.Get<OwnCoverAsk>().LoadAsync(hub.ActorOf(cast.Free), ask)).Value!.Ask.State);
    }

    [Fact]
    public async Task When_the_holder_comes_after_all_who_was_asked_is_thanked_at_once()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await SignUpCast.OnAsync(hub);
        var ask = (await cast.AskedAsync(cast.Free))[0];
        await hub.Get<AnswerInvitation>().RunAsync(hub.ActorOf(cast.Holder), cast.Run.SeatOf(cast.Holder).Id, true, null);
        var me = hub.ActorOf(cast.Free);
        Assert.Equal(CoverAskState.Over, (await hub.Get<OwnCoverAsk>().LoadAsync(me, ask)).Value!.Ask.State);
        Assert.Equal(new SeatTaken(), (await hub.Get<AnswerCoverAsk>().RunAsync(me, ask, true)).Refusal);
        Assert.Equal(LadderStatus.Stopped, await hub.LookAsync(db => db.CoverLadders.Select(l => l.Status).SingleAsync()));
        Assert.Equal(new InvitationOver(), (await hub.Get<AnswerCoverAsk>().RunAsync(me, CoverAskId.New(), true)).Refusal);
        Assert.Equal(new InvitationOver(), (await hub.Get<AnswerCoverAsk>().RunByLinkAsync("unknown", true)).Refusal);
    }
}

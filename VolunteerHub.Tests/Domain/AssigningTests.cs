using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class AssigningTests
{
    private static readonly TimeSlot Morning = Saturday.From("09:00", "11:00");
    private static readonly DateTimeOffset Earlier = Thursday.At("20:00");

    private readonly Candidate _lina = A.Volunteer("李娜").InHealthTeam();
    private readonly Candidate _wang = A.Volunteer("王强").InHealthTeam();
    private readonly ServiceRun _run = A.Run().WithShift(Morning, A.Post("导诊", max: 1), A.Post("量血压", qualification: "护士")).AsPublished(Earlier);

    [Fact]
    public void Before_the_run_an_assignment_goes_into_the_draft()
    {
        var seat = _run.Put(_lina, "导诊", Saturday.At("08:29"));
        Assert.Equal(AssignmentStatus.Proposed, seat.Status);
        Assert.True(seat.Holds);
        Assert.False(seat.IsPublished);
        Assert.Equal([seat], _run.Draft.Invited);
        Assert.Equal((_run.Id, _lina.Id, Morning, AssignmentOrigin.Leader), (seat.RunId, seat.VolunteerId, seat.Slot, seat.Origin));
    }

    [Fact]
    public void While_the_run_is_under_way_an_assignment_applies_at_once()
    {
        var seat = _run.Put(_lina, "导诊", Saturday.At("08:30"));
        Assert.Equal(AssignmentStatus.Invited, seat.Status);
        Assert.True(_run.Draft.IsEmpty);
    }

    [Fact]
    public void A_draft_run_whose_time_has_come_still_collects_a_draft() =>
        Assert.Equal(AssignmentStatus.Proposed, _run.AsPlanOfItsOwn().AsDraft().Put(_lina, "导诊", Saturday.At("09:30")).Status);

    [Fact]
    public void A_run_that_is_over_takes_nobody()
    {
        Assert.Equal(new RunIsOver(Morning.End), _run.Assign(_lina, "导诊", Morning.End).Refusal);
        Assert.False(_run.Assign(_lina, "导诊", Morning.End.AddTicks(-1)).Refused);
    }

    [Fact]
    public void Nobody_is_put_on_a_post_that_is_not_on_the_run() =>
        Assert.Equal(new PostNotFound(),
            _run.Assign(PostId.New(), _lina, AssignmentOrigin.Leader, null, The.Leader, Earlier, A.Community(), CrewExperience.Unknown).Refusal);

    [Fact]
    public void A_full_post_takes_nobody_more()
    {
        _run.Put(_lina, "导诊", Earlier);
        Assert.Equal(new PostIsFull("导诊", 1), _run.Assign(_wang, "导诊", Earlier).Refusal);
    }

    [Fact]
    public void Who_leaves_with_the_draft_makes_room_in_it()
    {
        _run.Remove(_run.Invite(_lina, "导诊", Earlier), Earlier);
        Assert.False(_run.Assign(_wang, "导诊", Earlier).Refused);
    }

    [Fact]
    public void A_person_holds_one_post_of_a_shift()
    {
        var nurse = A.Volunteer("赵敏").Qualified("护士").InHealthTeam();
        _run.Put(nurse, "导诊", Earlier);
        Assert.Equal(new AlreadyOnShift("赵敏", "导诊"), _run.Assign(nurse, "量血压", Earlier).Refusal);
    }

    [Fact]
    public void Who_leaves_with_the_draft_is_on_the_shift_until_it_is_published()
    {
        _run.Remove(_run.Invite(_lina, "导诊", Earlier), Earlier);
        Assert.Equal(new AlreadyOnShift("李娜", "导诊"), _run.Assign(_lina, "导诊", Earlier).Refusal);
        _run.Publish(Earlier);
        Assert.False(_run.Assign(_lina, "导诊", Earlier).Refused);
    }

    [Fact]
    public void A_hard_obstacle_stands_whatever_the_reason()
    {
        var refusal = Assert.IsType<NotEligible>(_run.Assign(_lina, "量血压", Earlier, reason: "人手不够").Refusal);
        Assert.Equal("李娜", refusal.Name);
        Assert.Equal([new QualificationLacking("护士")], refusal.Obstacles);
        Assert.Empty(_run.Assignments);
    }

    [Fact]
    public void Duty_in_another_run_at_that_time_stands_against_it()
    {
        var other = A.Run("送法律·法律咨询").WithShift(Saturday.From("10:30", "12:00"), A.Post("接待")).AsDraft();
        other.Put(_lina, "接待", Earlier);
        var refusal = Assert.IsType<NotEligible>(_run.Assign(_lina.Holding(other), "导诊", Earlier).Refusal);
        Assert.Equal([new BusyElsewhere("送法律·法律咨询", "健康服务队", Saturday.From("10:30", "12:00"))], refusal.Obstacles);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Setting_a_soft_rule_aside_takes_a_reason(string? reason)
    {
        var away = A.Volunteer("李娜").Except(Saturday, free: false).InHealthTeam();
        var refusal = Assert.IsType<ReasonNeeded>(_run.Assign(away, "导诊", Earlier, reason).Refusal);
        Assert.Equal("李娜", refusal.Name);
        Assert.Equal([new NotAvailable(Morning)], refusal.Obstacles);
    }

    [Fact]
    public void The_reason_for_setting_a_soft_rule_aside_is_kept_in_the_history()
    {
        var away = A.Volunteer("李娜").Except(Saturday, free: false).InHealthTeam();
        var seat = _run.Assign(away, "导诊", Earlier, reason: "本人电话同意").Value!;
        Assert.Equal([new AssignmentChange(Earlier, AssignmentStatus.Proposed, The.Leader, "本人电话同意")], seat.History);
    }

    [Fact]
    public void A_reason_that_was_not_needed_is_not_kept() =>
        Assert.Null(Assert.Single(_run.Assign(_lina, "导诊", Earlier, reason: "随手写的").Value!.History).Note);

    [Fact]
    public void A_walk_in_may_exceed_the_heads_of_a_post()
    {
        _run.Invite(_lina, "导诊", Earlier);
        var seat = _run.WalkIn(_wang, "导诊", Saturday.At("09:05")).Value!;
        Assert.Equal((AssignmentStatus.Accepted, AssignmentOrigin.WalkIn), (seat.Status, seat.Origin));
        Assert.Equal(2, _run.Heads("导诊"));
    }

    [Fact]
    public void A_walk_in_may_come_from_another_team_and_at_a_time_stated_as_not_free() =>
        Assert.False(_run.WalkIn(A.Volunteer().Except(Saturday, free: false).In(The.LawTeam), "导诊", Saturday.At("09:05")).Refused);

    [Fact]
    public void A_walk_in_needs_the_qualification_and_the_time()
    {
        var lacking = Assert.IsType<NotEligible>(_run.WalkIn(_wang, "量血压", Saturday.At("09:05")).Refusal);
        Assert.Equal([new QualificationLacking("护士")], lacking.Obstacles);
        var busy = Assert.IsType<NotEligible>(_run.WalkIn(_wang.Busy(Morning), "导诊", Saturday.At("09:05")).Refusal);
        Assert.IsType<BusyElsewhere>(Assert.Single(busy.Obstacles));
    }

    [Fact]
    public void A_walk_in_who_has_a_seat_on_the_shift_is_told_so()
    {
        _run.Invite(_lina, "导诊", Earlier);
        Assert.Equal(new AlreadyOnShift("李娜", "导诊"), _run.WalkIn(_lina, "导诊", Saturday.At("09:05")).Refusal);
    }

    [Fact]
    public void Nobody_walks_in_on_a_post_that_is_not_there() =>
        Assert.Equal(new PostNotFound(), _run.WalkIn(PostId.New(), _lina, The.Leader, Saturday.At("09:05"), A.Community()).Refusal);

    [Fact]
    public void Nobody_walks_in_on_a_run_that_was_never_published()
    {
        var draft = _run.AsPlanOfItsOwn().AsDraft();
        Assert.Equal(new RunNotPublished(), draft.WalkIn(_lina, "导诊", Saturday.At("09:05")).Refusal);
        Assert.Equal(new RunIsOver(Morning.End), draft.WalkIn(_lina, "导诊", Morning.End).Refusal);
    }

    [Fact]
    public void Who_is_taken_out_of_the_draft_is_gone_at_once()
    {
        var seat = _run.Put(_lina, "导诊", Earlier);
        Assert.False(_run.Remove(seat, Earlier).Refused);
        Assert.Equal(AssignmentStatus.Withdrawn, seat.Status);
        Assert.False(seat.Holds);
        Assert.True(_run.Draft.IsEmpty);
    }

    [Fact]
    public void Who_is_taken_off_the_published_roster_stays_on_it_until_it_is_published()
    {
        var seat = _run.Invite(_lina, "导诊", Earlier);
        Assert.False(_run.Remove(seat, Earlier).Refused);
        Assert.True(seat.IsPublished);
        Assert.True(seat.Holds);
        Assert.Equal([seat], _run.Draft.Removed);
        Assert.Equal(0, _run.Heads("导诊"));

        _run.Publish(Earlier);
        Assert.Equal(AssignmentStatus.Cancelled, seat.Status);
        Assert.False(seat.LeavesWithDraft);
    }

    [Fact]
    public void While_the_run_is_under_way_a_removal_applies_at_once()
    {
        var seat = _run.Invite(_lina, "导诊", Earlier);
        Assert.False(_run.Remove(seat, Saturday.At("08:30")).Refused);
        Assert.Equal(AssignmentStatus.Cancelled, seat.Status);
    }

    [Fact]
    public void A_removal_that_is_still_in_the_draft_can_be_undone()
    {
        var seat = _run.Invite(_lina, "导诊", Earlier);
        _run.Remove(seat, Earlier);
        Assert.False(_run.Keep(seat.Id).Refused);
        Assert.True(_run.Draft.IsEmpty);
        Assert.Equal(1, _run.Heads("导诊"));
    }

    [Fact]
    public void A_removal_is_not_undone_once_the_draft_gave_the_seat_away()
    {
        var seat = _run.Invite(_lina, "导诊", Earlier);
        _run.Remove(seat, Earlier);
        _run.Put(_wang, "导诊", Earlier);
        Assert.Equal(new PostIsFull("导诊", 1), _run.Keep(seat.Id).Refusal);
        Assert.True(seat.LeavesWithDraft);
    }

    [Fact]
    public void Who_is_not_leaving_need_not_be_kept() =>
        Assert.Equal(new AssignmentNotFound(), _run.Keep(_run.Invite(_lina, "导诊", Earlier).Id).Refusal);

    [Fact]
    public void Who_is_off_the_roster_is_not_taken_off_again()
    {
        var seat = _run.Put(_lina, "导诊", Earlier);
        _run.Remove(seat, Earlier);
        Assert.Equal(new AssignmentNotFound(), _run.Remove(seat, Earlier).Refusal);
        Assert.Equal(new AssignmentNotFound(), _run.Remove(AssignmentId.New(), The.Leader, Earlier, CheckInPolicy.Default).Refusal);
    }

    [Fact]
    public void The_roster_of_a_run_that_is_over_is_a_record()
    {
        var seat = _run.Invite(_lina, "导诊", Earlier);
        Assert.Equal(new RunIsOver(Morning.End), _run.Remove(seat, Morning.End).Refusal);
        Assert.True(seat.Holds);
    }
}

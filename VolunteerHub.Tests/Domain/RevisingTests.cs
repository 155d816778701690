using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class RevisingTests
{
    private static readonly TimeSlot Morning = Saturday.From("09:00", "11:00");
    private static readonly TimeSlot Afternoon = Saturday.From("14:00", "16:00");
    private static readonly DateTimeOffset Earlier = Thursday.At("20:00");

    private readonly Candidate _lina = A.Volunteer("李娜").Qualified("护士", until: Saturday).InHealthTeam();
    private readonly Candidate _wang = A.Volunteer("王强").InHealthTeam();
    private readonly ServiceRun _run = A.Run().WithShift(Morning, A.Post("量血压", qualification: "护士"), A.Post("导诊")).AsPublished(Earlier);

    [Fact]
    public void A_revision_states_the_run_anew()
    {
        var plan = _run.AsPlan() with { Title = "送健康·冬季义诊", Line = null, Helps = HelpTargets.Patients, MeetAt = "社区门口", Bring = "身份证" };
        Assert.False(_run.Revise(plan.Without("导诊").WithShift(Afternoon, A.Post("收尾", max: 4)), Earlier).Refused);
        Assert.Equal(("送健康·冬季义诊", null, HelpTargets.Patients, "社区门口", "身份证"), (_run.Title, _run.Line, _run.Helps, _run.MeetAt, _run.Bring));
        Assert.Equal(["量血压", "收尾"], _run.Posts.Select(p => p.Post.Name));
        Assert.Equal(Afternoon.End, _run.EndsAt);
        Assert.Equal(4, _run.Post("收尾").Max);
    }

    [Fact]
    public void A_shift_without_people_may_be_dropped()
    {
        _run.Revise(_run.AsPlan().WithShift(Afternoon, A.Post("收尾")), Earlier);
        Assert.False(_run.Revise(_run.AsPlan() with { Shifts = [_run.AsPlan().Shifts[1]] }, Earlier).Refused);
        Assert.Equal((Afternoon.Start, Afternoon.End), (_run.StartsAt, _run.EndsAt));
    }

    [Fact]
    public void People_on_a_shift_that_moves_are_asked_again()
    {
        var accepted = _run.Invite(_lina, "量血压", Earlier);
        _run.Yes(accepted, Earlier);
        var drafted = _run.Put(_wang, "导诊", Earlier);
        Assert.False(_run.Revise(_run.AsPlan().Moving(Afternoon), Friday.At("08:00"), _lina, _wang).Refused);

        Assert.Equal((AssignmentStatus.Invited, Afternoon), (accepted.Status, accepted.Slot));
        Assert.Equal(new AssignmentChange(Friday.At("08:00"), AssignmentStatus.Invited, The.Leader, null), accepted.History[^1]);
        Assert.Equal((AssignmentStatus.Proposed, Afternoon), (drafted.Status, drafted.Slot));
    }

    [Fact]
    public void People_on_a_shift_that_stays_are_not_asked_again()
    {
        _run.Revise(_run.AsPlan().WithShift(Afternoon, A.Post("收尾")), Earlier);
        var accepted = _run.Invite(_lina, "量血压", Earlier);
        _run.Yes(accepted, Earlier);
        Assert.False(_run.Revise(_run.AsPlan().Moving(Saturday.From("15:00", "17:00"), shift: 1) with { Title = "冬季义诊" }, Earlier, _lina).Refused);
        Assert.Equal((AssignmentStatus.Accepted, Morning), (accepted.Status, accepted.Slot));
    }

    [Fact]
    public void A_post_with_people_is_not_removed()
    {
        _run.Put(_wang, "导诊", Earlier);
        Assert.Equal(new PostHasPeople("导诊", 1), _run.Revise(_run.AsPlan().Without("导诊"), Earlier, _wang).Refusal);
        Assert.Equal(["量血压", "导诊"], _run.Posts.Select(p => p.Post.Name));
    }

    [Fact]
    public void A_shift_with_people_is_not_removed()
    {
        _run.Revise(_run.AsPlan().WithShift(Afternoon, A.Post("收尾")), Earlier);
        _run.Put(_wang, "收尾", Earlier);
        Assert.Equal(new PostHasPeople("收尾", 1), _run.Revise(_run.AsPlan() with { Shifts = [_run.AsPlan().Shifts[0]] }, Earlier, _wang).Refusal);
    }

    [Fact]
    public void A_post_whose_people_have_all_said_no_may_be_removed()
    {
        _run.No(_run.Invite(_wang, "导诊", Earlier), Earlier);
        Assert.False(_run.Revise(_run.AsPlan().Without("导诊"), Earlier).Refused);
    }

    [Fact]
    public void Max_does_not_fall_below_the_heads_that_are_on_the_post()
    {
        _run.Put(_wang, "导诊", Earlier);
        _run.Put(_lina, "导诊", Earlier);
        Assert.Equal(new PostHoldsMore("导诊", 2, 1), _run.Revise(WithOneHead(), Earlier, _lina, _wang).Refusal);
        Assert.Equal(2, _run.Post("导诊").Max);
    }

    [Fact]
    public void Walk_ins_do_not_keep_max_up()
    {
        _run.Invite(_wang, "导诊", Earlier);
        _run.WalkIn(_lina, "导诊", Saturday.At("09:05"));
        Assert.False(_run.Revise(WithOneHead(), Saturday.At("09:10"), _lina, _wang).Refused);
    }

    [Fact]
    public void A_seat_that_changes_hands_in_the_draft_counts_once()
    {
        _run.Invite(_wang, "导诊", Earlier);
        _run.Remove(_run.Invite(_lina, "导诊", Earlier), Earlier);
        var zhao = A.Volunteer("赵敏").InHealthTeam();
        _run.Put(zhao, "导诊", Earlier);
        Assert.False(_run.Revise(_run.AsPlan() with { Title = "冬季义诊" }, Earlier, _lina, _wang, zhao).Refused);
    }

    [Fact]
    public void A_shift_does_not_move_into_other_duty_of_someone_who_is_on_it()
    {
        _run.Put(_wang, "导诊", Earlier);
        var busy = _wang.Busy(Saturday.From("15:00", "17:00"), "送法律·法律咨询", "法律服务队");
        var refusal = Assert.IsType<NotEligible>(_run.Revise(_run.AsPlan().Moving(Afternoon), Earlier, busy).Refusal);
        Assert.Equal("王强", refusal.Name);
        Assert.Equal([new BusyElsewhere("送法律·法律咨询", "法律服务队", Saturday.From("15:00", "17:00"))], refusal.Obstacles);
        Assert.Equal(Morning, Assert.Single(_run.Shifts).Slot);
    }

    [Fact]
    public void A_shift_may_move_into_time_that_it_takes_itself()
    {
        _run.Put(_wang, "导诊", Earlier);
        Assert.False(_run.Revise(_run.AsPlan().Moving(Saturday.From("10:00", "12:00")), Earlier, _wang).Refused);
    }

    [Fact]
    public void A_shift_does_not_move_onto_another_shift_that_the_same_person_holds()
    {
        _run.Revise(_run.AsPlan().WithShift(Afternoon, A.Post("收尾")), Earlier);
        _run.Put(_wang, "导诊", Earlier);
        _run.Put(_wang, "收尾", Earlier);
        Assert.IsType<NotEligible>(_run.Revise(_run.AsPlan().Moving(Saturday.From("10:00", "15:00"), shift: 1), Earlier, _wang).Refusal);
    }

    [Fact]
    public void Two_shifts_of_the_same_person_may_change_places()
    {
        _run.Revise(_run.AsPlan().WithShift(Afternoon, A.Post("收尾")), Earlier);
        var first = _run.Put(_wang, "导诊", Earlier);
        var second = _run.Put(_wang, "收尾", Earlier);
        Assert.False(_run.Revise(_run.AsPlan().Moving(Afternoon).Moving(Morning, shift: 1), Earlier, _wang).Refused);
        Assert.Equal((Afternoon, Morning), (first.Slot, second.Slot));
    }

    [Fact]
    public void A_shift_does_not_move_to_a_day_on_which_a_qualification_is_not_valid()
    {
        _run.Put(_lina, "量血压", Earlier);
        var refusal = Assert.IsType<NotEligible>(_run.Revise(_run.AsPlan().Moving(Sunday.From("09:00", "11:00")), Earlier, _lina).Refusal);
        Assert.Equal([new QualificationNotValid("护士", Saturday)], refusal.Obstacles);
    }

    [Fact]
    public void A_post_does_not_come_to_ask_for_what_its_people_lack()
    {
        _run.Put(_wang, "导诊", Earlier);
        var plan = _run.AsPlan().Changing("导诊", p => p with { Qualification = "护士" });
        Assert.Equal([new QualificationLacking("护士")], Assert.IsType<NotEligible>(_run.Revise(plan, Earlier, _wang).Refusal).Obstacles);
        Assert.Null(_run.Post("导诊").Qualification);
    }

    [Fact]
    public void A_post_does_not_pass_to_a_team_to_which_its_people_do_not_belong()
    {
        _run.Put(_wang, "导诊", Earlier);
        var plan = _run.AsPlan().With(The.LawTeam).Changing("导诊", p => p with { CoTeamId = The.LawTeam });
        Assert.Equal([new NotAMember()], Assert.IsType<NotEligible>(_run.Revise(plan, Earlier, _wang).Refusal).Obstacles);
        Assert.False(_run.Revise(plan, Earlier, _wang with { Teams = new HashSet<TeamId> { The.LawTeam } }).Refused);
    }

    [Fact]
    public void A_walk_in_from_another_team_does_not_stand_in_the_way_of_a_new_host()
    {
        var malan = A.Volunteer("马兰").In();
        _run.WalkIn(malan, "导诊", Saturday.At("09:05"));
        Assert.False(_run.Revise(_run.AsPlan() with { HostTeamId = The.LawTeam }, Saturday.At("09:10"), malan).Refused);
    }

    [Fact]
    public void What_only_soft_rules_have_against_a_move_does_not_stop_it()
    {
        var saturdays = A.Volunteer("钱进").FreeOn(DayOfWeek.Saturday, "08:00", "12:00").InHealthTeam();
        _run.Put(saturdays, "导诊", Earlier);
        Assert.False(_run.Revise(_run.AsPlan().Moving(Afternoon), Earlier, saturdays).Refused);
    }

    [Fact]
    public void A_shift_with_people_does_not_move_once_it_has_begun()
    {
        _run.Put(_wang, "导诊", Earlier);
        Assert.Equal(new ShiftHasBegun(Morning.Start), _run.Revise(_run.AsPlan().Moving(Afternoon), Morning.Start, _wang).Refusal);
        Assert.False(_run.Revise(_run.AsPlan().Moving(Afternoon), Morning.Start.AddTicks(-1), _wang).Refused);
    }

    [Fact]
    public void A_plan_that_names_what_is_no_longer_there_was_overtaken()
    {
        var opened = _run.AsPlan();
        _run.Revise(opened.Without("导诊"), Earlier);
        Assert.Equal(new RunChangedMeanwhile(), _run.Revise(opened, Earlier).Refusal);
        Assert.Equal(new RunChangedMeanwhile(), _run.Revise(_run.AsPlan().Changing(0, s => s with { Id = ShiftId.New() }), Earlier).Refusal);
        Assert.Equal(new RunChangedMeanwhile(), ServiceRun.Plan(_run.AsPlan(), CheckInCode.NewTag()).Refusal);
    }

    [Fact]
    public void A_plan_that_names_a_shift_or_a_post_twice_slips_past_no_rule()
    {
        _run.Put(_wang, "导诊", Earlier);
        var busy = _wang.Busy(Afternoon);
        var plan = _run.AsPlan();
        var twice = plan with { Shifts = [plan.Shifts[0], plan.Shifts[0] with { Slot = Afternoon }] };
        Assert.True(_run.Revise(twice, Earlier, busy).Refused);

        var asking = plan.Shifts[0].Posts[1] with { Qualification = "护士" };
        Assert.True(_run.Revise(plan.Changing(0, s => s with { Posts = [.. s.Posts, asking] }), Earlier, busy).Refused);
        Assert.Equal(Morning, Assert.Single(_run.Shifts).Slot);
    }

    [Fact]
    public void A_revision_is_a_plan_like_the_first()
    {
        Assert.Equal(new RunNeedsAPost(), _run.Revise(_run.AsPlan() with { Shifts = [] }, Earlier).Refusal);
        Assert.Equal(new PostHeadsInvalid("导诊", 1, 0), _run.Revise(_run.AsPlan().Changing("导诊", p => p with { Max = 0 }), Earlier).Refusal);
        Assert.Equal(new PostTeamTakesNoPart("导诊"),
            _run.Revise(_run.AsPlan().Changing("导诊", p => p with { CoTeamId = The.LawTeam }), Earlier).Refusal);
    }

    private RunPlan WithOneHead() => _run.AsPlan().Changing("导诊", p => p with { Max = 1 });
}

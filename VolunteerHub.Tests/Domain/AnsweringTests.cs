using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class AnsweringTests
{
    private static readonly TimeSlot Morning = Saturday.From("09:00", "11:00");
    private static readonly DateTimeOffset Earlier = Thursday.At("20:00");

    /// <summary>A day before the shift: from here on a yes is taken back through the leader.</summary>
    private static readonly DateTimeOffset Deadline = Friday.At("09:00");

    private readonly Candidate _lina = A.Volunteer("李娜").InHealthTeam();
    private readonly Candidate _wang = A.Volunteer("王强").InHealthTeam();
    private readonly ServiceRun _run = A.Run().WithShift(Morning, A.Post("导诊", max: 1)).AsPublished(Earlier);
    private readonly Assignment _seat;

    public AnsweringTests() => _seat = _run.Invite(_lina, "导诊", Earlier);

    [Fact]
    public void A_yes_accepts_the_seat()
    {
        Assert.False(_run.Yes(_seat, Deadline).Refused);
        Assert.Equal(AssignmentStatus.Accepted, _seat.Status);
        Assert.Equal(new AssignmentChange(Deadline, AssignmentStatus.Accepted, _lina.Id, null), _seat.History[^1]);
    }

    [Fact]
    public void A_second_yes_changes_nothing()
    {
        _run.Yes(_seat, Earlier);
        var lines = _seat.History.Count;
        Assert.False(_run.Yes(_seat, Deadline).Refused);
        Assert.Equal(lines, _seat.History.Count);
    }

    [Fact]
    public void A_no_keeps_why_and_gives_up_the_seat()
    {
        Assert.False(_run.No(_seat, Earlier, " 孩子生病 ").Refused);
        Assert.Equal((AssignmentStatus.Declined, "孩子生病"), (_seat.Status, _seat.DeclineReason));
        Assert.Equal("孩子生病", _seat.History[^1].Note);
        Assert.Equal(0, _run.Heads("导诊"));
    }

    [Fact]
    public void A_declined_seat_frees_the_persons_time()
    {
        var other = A.Run("送法律·法律咨询").WithShift(Morning, A.Post("接待")).AsDraft();
        Assert.IsType<NotEligible>(other.Assign(_lina.Holding(_run), "接待", Earlier).Refusal);
        _run.No(_seat, Earlier);
        Assert.False(other.Assign(_lina.Holding(_run), "接待", Earlier).Refused);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void A_no_wants_a_word_of_why(string? reason)
    {
        Assert.Equal(new DeclineReasonMissing(), _run.No(_seat, Earlier, reason).Refusal);
        Assert.Equal(AssignmentStatus.Invited, _seat.Status);
    }

    [Fact]
    public void A_second_no_changes_nothing()
    {
        _run.No(_seat, Earlier);
        Assert.False(_run.No(_seat, Deadline, "另有安排").Refused);
        Assert.Equal("孩子生病", _seat.DeclineReason);
    }

    [Fact]
    public void A_yes_may_be_taken_back_until_the_deadline()
    {
        _run.Yes(_seat, Earlier);
        Assert.Equal(new WithdrawalTooLate(Deadline), _run.No(_seat, Deadline).Refusal);
        Assert.False(_run.No(_seat, Deadline.AddTicks(-1)).Refused);
    }

    [Fact]
    public void Who_never_said_yes_may_say_no_until_the_shift_starts() =>
        Assert.False(_run.No(_seat, Morning.Start.AddTicks(-1)).Refused);

    [Fact]
    public void The_leader_may_record_a_no_after_the_deadline()
    {
        _run.Yes(_seat, Earlier);
        Assert.False(_run.NoThroughLeader(_seat, Saturday.At("08:00"), "来电请假").Refused);
        Assert.Equal(new AssignmentChange(Saturday.At("08:00"), AssignmentStatus.Declined, The.Leader, "来电请假"), _seat.History[^1]);
    }

    [Fact]
    public void Nobody_answers_once_the_shift_has_started()
    {
        Assert.Equal(new AnswerTooLate(Morning.Start), _run.Yes(_seat, Morning.Start).Refusal);
        Assert.Equal(new AnswerTooLate(Morning.Start), _run.No(_seat, Morning.Start).Refusal);
        Assert.Equal(new AnswerTooLate(Morning.Start), _run.NoThroughLeader(_seat, Morning.Start, "来电请假").Refusal);
    }

    [Fact]
    public void A_no_may_become_a_yes_while_the_seat_is_empty()
    {
        _run.No(_seat, Earlier);
        Assert.False(_run.Yes(_seat, Deadline).Refused);
        Assert.Equal((AssignmentStatus.Accepted, null), (_seat.Status, _seat.DeclineReason));
    }

    [Fact]
    public void A_no_stays_a_no_once_the_seat_went_to_someone_else()
    {
        _run.No(_seat, Earlier);
        _run.Put(_wang, "导诊", Earlier);
        Assert.Equal(new InvitationOver(), _run.Yes(_seat, Deadline).Refusal);
        Assert.Equal(AssignmentStatus.Declined, _seat.Status);
    }

    [Fact]
    public void A_no_stays_a_no_once_the_persons_time_is_taken_elsewhere()
    {
        var other = A.Run("送法律·法律咨询").WithShift(Saturday.From("10:00", "12:00"), A.Post("接待")).AsDraft();
        _run.No(_seat, Earlier);
        other.Put(_lina, "接待", Earlier);
        Assert.Equal(new InvitationOver(), _run.Yes(_seat, Deadline, other).Refusal);
        Assert.Equal(AssignmentStatus.Declined, _seat.Status);
    }

    [Fact]
    public void A_no_stays_a_no_once_the_person_was_put_on_the_shift_anew()
    {
        var run = A.Run().WithShift(Morning, A.Post("导诊", max: 2)).AsPublished(Earlier);
        var first = run.Invite(_lina, "导诊", Earlier);
        run.No(first, Earlier);
        Assert.False(run.Assign(_lina, "导诊", Earlier, reason: "又能来了").Refused);
        Assert.Equal(new InvitationOver(), run.Yes(first, Deadline).Refusal);
    }

    [Fact]
    public void A_no_to_one_time_does_not_become_a_yes_to_another()
    {
        _run.No(_seat, Earlier);
        Assert.False(_run.Revise(_run.AsPlan().Moving(Saturday.From("14:00", "16:00")), Earlier).Refused);
        Assert.Equal(new InvitationOver(), _run.Yes(_seat, Deadline).Refusal);
        Assert.False(_seat.Holds);
        Assert.Equal("孩子生病", _seat.DeclineReason);
    }

    [Fact]
    public void A_no_does_not_become_a_yes_to_a_post_that_asks_for_more_by_now()
    {
        _run.No(_seat, Earlier);
        Assert.False(_run.Revise(_run.AsPlan().Changing("导诊", p => p with { Qualification = "护士" }), Earlier).Refused);
        Assert.Equal(new InvitationOver(), _run.Yes(_seat, Deadline).Refusal);
        Assert.False(_seat.Holds);
    }

    [Fact]
    public void A_no_to_a_post_that_was_dropped_is_the_end_of_it()
    {
        _run.Revise(_run.AsPlan().Changing(0, s => s with { Posts = [.. s.Posts, A.Post("引导")] }), Earlier, _lina);
        _run.No(_seat, Earlier);
        Assert.False(_run.Revise(_run.AsPlan().Without("导诊"), Earlier).Refused);
        Assert.Equal(new InvitationOver(), _run.Yes(_seat, Deadline).Refusal);
    }

    [Fact]
    public void A_no_may_become_a_yes_after_a_change_that_is_not_about_the_seat()
    {
        _run.No(_seat, Earlier);
        _run.Revise(_run.AsPlan() with { Title = "送健康·冬季义诊", MeetAt = "社区门口" }, Earlier);
        Assert.False(_run.Yes(_seat, Deadline).Refused);
    }

    [Fact]
    public void A_seat_that_was_taken_away_or_was_never_offered_is_not_answered()
    {
        var drafted = A.Run().WithShift(Morning, A.Post("导诊")).AsDraft();
        Assert.Equal(new InvitationOver(), drafted.Yes(drafted.Put(_lina, "导诊", Earlier), Earlier).Refusal);

        _run.Remove(_seat, Earlier);
        _run.Publish(Earlier);
        Assert.Equal(new InvitationOver(), _run.Yes(_seat, Earlier).Refusal);
        Assert.Equal(new InvitationOver(), _run.No(_seat, Earlier).Refusal);
        Assert.Equal(new InvitationOver(),
            _run.Answer(AssignmentId.New(), true, null, _lina.Id, false, Earlier, DutyPolicy.Default, []).Refusal);
    }

    [Fact]
    public void Who_the_draft_takes_off_may_still_answer_the_roster_that_they_see()
    {
        _run.Remove(_seat, Earlier);
        Assert.False(_run.Yes(_seat, Earlier).Refused);
        Assert.True(_seat.LeavesWithDraft);
        Assert.False(_run.No(_seat, Earlier).Refused);
        Assert.True(_run.Draft.IsEmpty);
    }
}

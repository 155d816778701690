using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class RunPlanTests
{
    private static readonly TimeSlot Morning = Saturday.From("09:00", "11:00");
    private static readonly DateTimeOffset Earlier = Thursday.At("20:00");

    [Fact]
    public void A_planned_run_is_a_draft_that_spans_its_shifts()
    {
        var run = A.Run().WithShift(Saturday.From("14:00", "16:00"), A.Post("量血压")).WithShift(Morning, A.Post("导诊")).AsDraft();
        Assert.Equal(RunStatus.Draft, run.Status);
        Assert.Equal((Saturday.At("09:00"), Saturday.At("16:00")), (run.StartsAt, run.EndsAt));
        Assert.Equal(["量血压", "导诊"], run.Posts.Select(p => p.Post.Name));
    }

    [Fact]
    public void A_run_needs_a_shift_and_every_shift_a_post()
    {
        Assert.Equal(new RunNeedsAPost(), Plan(A.Run()));
        Assert.Equal(new RunNeedsAPost(), Plan(A.Run().WithShift(Morning, A.Post("导诊")).WithShift(Morning)));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(3, 2)]
    public void Heads_that_make_no_sense_are_refused(int min, int max) =>
        Assert.Equal(new PostHeadsInvalid("导诊", min, max), Plan(A.Run().WithShift(Morning, A.Post("导诊", max, min))));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    public void A_post_may_be_wished_for_or_needed(int min, int max) =>
        Assert.Null(Plan(A.Run().WithShift(Morning, A.Post("导诊", max, min))));

    [Fact]
    public void A_post_names_only_a_team_that_takes_part()
    {
        var plan = A.Run().WithShift(Morning, A.Post("法律咨询", coTeam: The.LawTeam));
        Assert.Equal(new PostTeamTakesNoPart("法律咨询"), Plan(plan));
        Assert.Null(Plan(plan.With(The.LawTeam)));
    }

    [Fact]
    public void A_post_is_filled_by_its_co_team_or_else_by_the_host()
    {
        var run = A.Run().With(The.LawTeam).WithShift(Morning, A.Post("导诊"), A.Post("法律咨询", coTeam: The.LawTeam)).AsDraft();
        Assert.Equal(The.HealthTeam, run.TeamFor(run.Post("导诊")));
        Assert.Equal(The.LawTeam, run.TeamFor(run.Post("法律咨询")));
    }

    [Fact]
    public void The_host_is_not_its_own_co_team() =>
        Assert.Equal([The.LawTeam], A.Run().With(The.HealthTeam, The.LawTeam, The.LawTeam).WithShift(Morning, A.Post("导诊")).AsDraft().CoTeamIds);

    [Fact]
    public void A_run_is_under_way_from_the_opening_of_check_in_until_its_last_shift_ends()
    {
        var plan = A.Run().WithShift(Morning, A.Post("导诊"));
        var run = plan.AsPublished(Earlier);
        Assert.False(run.IsUnderWay(Saturday.At("08:30").AddTicks(-1), CheckInPolicy.Default));
        Assert.True(run.IsUnderWay(Saturday.At("08:30"), CheckInPolicy.Default));
        Assert.True(run.IsUnderWay(Saturday.At("11:00").AddTicks(-1), CheckInPolicy.Default));
        Assert.False(run.IsUnderWay(Saturday.At("11:00"), CheckInPolicy.Default));
        Assert.False(plan.AsDraft().IsUnderWay(Saturday.At("10:00"), CheckInPolicy.Default));
    }

    [Fact]
    public void A_cancelled_run_gives_up_every_seat_and_keeps_why()
    {
        var run = A.Run().WithShift(Morning, A.Post("导诊", max: 3)).AsDraft();
        var invited = run.Invite(A.Volunteer("李娜").InHealthTeam(), "导诊", Earlier);
        run.Remove(invited, Earlier);
        var drafted = run.Put(A.Volunteer("王强").InHealthTeam(), "导诊", Earlier);
        Assert.False(run.Cancel("暴雪", The.Leader, Friday.At("20:00")).Refused);

        Assert.Equal((RunStatus.Cancelled, "暴雪"), (run.Status, run.CancelledBecause));
        Assert.All([invited, drafted], a => Assert.Equal(AssignmentStatus.Cancelled, a.Status));
        Assert.Equal(new AssignmentChange(Friday.At("20:00"), AssignmentStatus.Cancelled, The.Leader, "暴雪"), invited.History[^1]);
        Assert.True(run.Draft.IsEmpty);
    }

    [Fact]
    public void A_cancelled_run_refuses_everything_else()
    {
        var who = A.Volunteer().InHealthTeam();
        var run = A.Run().WithShift(Morning, A.Post("导诊")).AsDraft();
        var seat = run.Invite(who, "导诊", Earlier);
        run.Cancel("暴雪", The.Leader, Earlier);
        Refusal?[] answers =
        [
            run.Cancel("大风", The.Leader, Earlier).Refusal,
            run.Assign(who, "导诊", Earlier).Refusal,
            run.WalkIn(who, "导诊", Earlier).Refusal,
            run.Remove(seat, Earlier).Refusal,
            run.Publish(Earlier).Refusal,
            run.Yes(seat, Earlier).Refusal,
            run.No(seat, Earlier).Refusal,
            run.Revise(run.AsPlan(), Earlier, who).Refusal,
        ];
        Assert.All(answers, answer => Assert.Equal(new RunIsCancelled("暴雪"), answer));
        Assert.Equal("暴雪", run.CancelledBecause);
    }

    [Fact]
    public void A_run_that_is_over_is_not_called_off()
    {
        var run = A.Run().WithShift(Morning, A.Post("导诊")).AsPublished(Earlier);
        Assert.Equal(new RunIsOver(Morning.End), run.Cancel("暴雪", The.Leader, Morning.End).Refusal);
        Assert.False(run.Cancel("暴雪", The.Leader, Morning.End.AddTicks(-1)).Refused);
    }

    private static Refusal? Plan(RunPlan plan) => ServiceRun.Plan(plan, CheckInCode.NewTag()).Refusal;
}

using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class PublishingTests
{
    private static readonly TimeSlot Morning = Saturday.From("09:00", "11:00");
    private static readonly DateTimeOffset Earlier = Thursday.At("20:00");
    private static readonly DateTimeOffset Later = Thursday.At("21:00");

    private readonly Candidate _lina = A.Volunteer("李娜").InHealthTeam();
    private readonly Candidate _wang = A.Volunteer("王强").InHealthTeam();
    private readonly ServiceRun _run = A.Run().WithShift(Morning, A.Post("导诊")).AsDraft();

    [Fact]
    public void Publishing_invites_whom_the_draft_adds()
    {
        var seat = _run.Put(_lina, "导诊", Earlier);
        var difference = _run.Publish(Later).Value!;
        Assert.Equal(RunStatus.Published, _run.Status);
        Assert.Equal([seat], difference.Invited);
        Assert.Empty(difference.Removed);
        Assert.Equal(new AssignmentChange(Later, AssignmentStatus.Invited, The.Leader, null), seat.History[^1]);
        Assert.True(_run.Draft.IsEmpty);
    }

    [Fact]
    public void Publishing_again_tells_the_difference_only()
    {
        var leaving = _run.Invite(_lina, "导诊", Earlier);
        var staying = _run.Invite(A.Volunteer("赵敏").InHealthTeam(), "导诊", Earlier);
        _run.Yes(staying, Earlier);
        _run.Remove(leaving, Earlier);
        var coming = _run.Put(_wang, "导诊", Earlier);

        var difference = _run.Publish(Later).Value!;
        Assert.Equal([coming], difference.Invited);
        Assert.Equal([leaving], difference.Removed);
        Assert.Equal((AssignmentStatus.Cancelled, AssignmentStatus.Accepted, AssignmentStatus.Invited), (leaving.Status, staying.Status, coming.Status));
    }

    [Fact]
    public void A_run_may_be_published_with_nobody_on_it_but_only_once()
    {
        Assert.True(_run.Publish(Earlier).Value!.IsEmpty);
        Assert.Equal(RunStatus.Published, _run.Status);
        Assert.Equal(new NothingToPublish(), _run.Publish(Later).Refusal);
    }

    [Fact]
    public void A_draft_that_someone_else_added_to_is_looked_at_again()
    {
        var seen = new HashSet<AssignmentId> { _run.Put(_lina, "导诊", Earlier).Id };
        var unseen = _run.Put(_wang, "导诊", Earlier);
        Assert.Equal(new RosterChanged(2, 0), _run.Publish(seen, The.Leader, Later).Refusal);
        Assert.Equal((RunStatus.Draft, AssignmentStatus.Proposed), (_run.Status, unseen.Status));
    }

    [Fact]
    public void A_draft_that_someone_else_took_from_is_looked_at_again()
    {
        var gone = _run.Put(_lina, "导诊", Earlier);
        var seen = new HashSet<AssignmentId> { gone.Id, _run.Put(_wang, "导诊", Earlier).Id };
        _run.Remove(gone, Earlier);
        Assert.Equal(new RosterChanged(1, 0), _run.Publish(seen, The.Leader, Later).Refusal);
    }

    [Fact]
    public void A_no_that_came_meanwhile_changes_the_draft_that_was_to_take_the_person_off()
    {
        var seat = _run.Invite(_lina, "导诊", Earlier);
        _run.Remove(seat, Earlier);
        _run.Put(_wang, "导诊", Earlier);
        var seen = _run.Draft.Invited.Concat(_run.Draft.Removed).Select(a => a.Id).ToHashSet();
        _run.No(seat, Earlier);
        Assert.Equal(new RosterChanged(1, 0), _run.Publish(seen, The.Leader, Later).Refusal);
        Assert.Equal(AssignmentStatus.Declined, seat.Status);
    }

    [Fact]
    public void A_run_that_is_over_is_not_published()
    {
        _run.Put(_lina, "导诊", Earlier);
        Assert.Equal(new RunIsOver(Morning.End), _run.Publish(Morning.End).Refusal);
    }
}

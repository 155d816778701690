using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Tests.Support;

/// <summary>Plans runs, and speaks to them as the leader does: posts by name, the leader as the one who acts.</summary>
public static class Runs
{
    public static RunPlan WithShift(this RunPlan plan, TimeSlot slot, params PostPlan[] posts) =>
        plan with { Shifts = [.. plan.Shifts, new ShiftPlan(null, slot, posts)] };

    public static RunPlan With(this RunPlan plan, params TeamId[] coTeams) => plan with { CoTeamIds = coTeams };

    public static ServiceRun AsDraft(this RunPlan plan)
    {
        var planned = ServiceRun.Plan(plan, CheckInCode.NewTag());
        return planned.Refused ? throw new InvalidOperationException($"{planned.Refusal}") : planned.Value;
    }

    /// <summary>Published already, with nobody on it.</summary>
    public static ServiceRun AsPublished(this RunPlan plan, DateTimeOffset at)
    {
        var run = plan.AsDraft();
        run.Publish(at);
        return run;
    }

    /// <summary>The same plan for another run: without ids.</summary>
    public static RunPlan AsPlanOfItsOwn(this ServiceRun run)
    {
        var plan = run.AsPlan();
        return plan with { Shifts = [.. plan.Shifts.Select(s => s with { Id = null, Posts = [.. s.Posts.Select(p => p with { Id = null })] })] };
    }

    public static RunPlan Moving(this RunPlan plan, TimeSlot to, int shift = 0) => plan.Changing(shift, s => s with { Slot = to });

    public static RunPlan Changing(this RunPlan plan, string post, Func<PostPlan, PostPlan> change) =>
        plan with { Shifts = [.. plan.Shifts.Select(s => s with { Posts = [.. s.Posts.Select(p => p.Name == post ? change(p) : p)] })] };

    public static RunPlan Without(this RunPlan plan, string post) =>
        plan with { Shifts = [.. plan.Shifts.Select(s => s with { Posts = [.. s.Posts.Where(p => p.Name != post)] })] };

    public static RunPlan Changing(this RunPlan plan, int shift, Func<ShiftPlan, ShiftPlan> change) =>
        plan with { Shifts = [.. plan.Shifts.Select((s, i) => i == shift ? change(s) : s)] };

    public static Post Post(this ServiceRun run, string name) => run.Posts.Single(p => p.Post.Name == name).Post;

    public static int Heads(this ServiceRun run, string post) => run.Heads(run.Post(post));

    public static IEnumerable<Commitment> CommitmentsOf(this ServiceRun run, VolunteerId who) =>
        run.Assignments.Where(a => a.Holds && a.VolunteerId == who).Select(a => new Commitment(run.Id, run.Title, "健康服务队", a.Slot));

    public static Outcome<Assignment> Assign(this ServiceRun run, Candidate who, string post, DateTimeOffset at, string? reason = null) =>
        run.Assign(run.Post(post).Id, who.Holding(run), AssignmentOrigin.Leader, reason, The.Leader, at, A.Community(), CrewExperience.Unknown);

    /// <summary>Assigns where nothing stands against it.</summary>
    public static Assignment Put(this ServiceRun run, Candidate who, string post, DateTimeOffset at)
    {
        var outcome = run.Assign(who, post, at);
        return outcome.Refused ? throw new InvalidOperationException($"{outcome.Refusal}") : outcome.Value;
    }

    /// <summary>Puts a person on a post and publishes: the seat is an invitation now.</summary>
    public static Assignment Invite(this ServiceRun run, Candidate who, string post, DateTimeOffset at)
    {
        var assignment = run.Put(who, post, at);
        run.Publish(at);
        return assignment;
    }

    public static Outcome<Assignment> WalkIn(this ServiceRun run, Candidate who, string post, DateTimeOffset at) =>
        run.WalkIn(run.Post(post).Id, who.Holding(run), The.Leader, at, A.Community());

    public static Outcome Remove(this ServiceRun run, Assignment assignment, DateTimeOffset at) =>
        run.Remove(assignment.Id, The.Leader, at, CheckInPolicy.Default);

    /// <summary>Publishes the draft as the leader sees it.</summary>
    public static Outcome<RosterDifference> Publish(this ServiceRun run, DateTimeOffset at) =>
        run.Publish(run.Draft.Invited.Concat(run.Draft.Removed).Select(a => a.Id).ToHashSet(), The.Leader, at);

    /// <summary>The person says yes, with duty elsewhere in <paramref name="elsewhere"/>.</summary>
    public static Outcome Yes(this ServiceRun run, Assignment assignment, DateTimeOffset at, params ServiceRun[] elsewhere) =>
        run.Answer(assignment.Id, true, null, assignment.VolunteerId, false, at, DutyPolicy.Default,
            [.. elsewhere.Append(run).SelectMany(r => r.CommitmentsOf(assignment.VolunteerId))]);

    public static Outcome No(this ServiceRun run, Assignment assignment, DateTimeOffset at, string? reason = "孩子生病") =>
        run.Answer(assignment.Id, false, reason, assignment.VolunteerId, false, at, DutyPolicy.Default, []);

    /// <summary>The leader records the person's no.</summary>
    public static Outcome NoThroughLeader(this ServiceRun run, Assignment assignment, DateTimeOffset at, string reason) =>
        run.Answer(assignment.Id, false, reason, The.Leader, true, at, DutyPolicy.Default, []);

    /// <param name="run">The run.</param>
    /// <param name="plan">The run as it should be.</param>
    /// <param name="at">When.</param>
    /// <param name="people">Those who hold a seat, with their duty elsewhere.</param>
    public static Outcome Revise(this ServiceRun run, RunPlan plan, DateTimeOffset at, params Candidate[] people) =>
        run.Revise(plan, run.PlanVersion, people.ToDictionary(p => p.Id, p => p.Holding(run)), The.Leader, at, Weekend.Shanghai);
}

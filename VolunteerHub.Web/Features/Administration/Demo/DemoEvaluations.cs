using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Web.Features.Administration.Demo;

/// <summary>Has those who served evaluated by another leader of the team; of the last days some still wait for it.</summary>
internal sealed class DemoEvaluations(DemoData data, DemoCast cast, Random random)
{
    private const int FromDaysAgo = 120;
    private const int ToDaysAgo = 4;
    private const int EvaluatedAfterDays = 2;
    private const int WordsEvery = 6;

    public List<Evaluation> Of(IReadOnlyList<ServiceRun> runs, IReadOnlyList<Attendance> attendances)
    {
        var evaluations = new List<Evaluation>();
        var there = attendances.Where(a => a.HasArrived).ToLookup(a => a.RunId, a => a.VolunteerId);
        foreach (var run in runs.Where(r => r.EndsAt > cast.Now.AddDays(-FromDaysAgo) && r.EndsAt < cast.Now.AddDays(-ToDaysAgo)))
        {
            foreach (var who in there[run.Id])
            {
                if (cast.OtherLeaderOf(run.HostTeamId, who) is not { } leader) continue;
                var grade = random.Next(100) switch { < 30 => EvaluationGrade.Excellent, < 95 => EvaluationGrade.Good, _ => EvaluationGrade.Fair };
                var words = grade == EvaluationGrade.Excellent && random.Next(WordsEvery) == 0 ? data.Praise[random.Next(data.Praise.Count)] : null;
                evaluations.Add(DemoRosters.Done(Evaluation.Give(run.Id, who, grade, words, leader, run.EndsAt.AddDays(EvaluatedAfterDays))));
            }
        }

        return evaluations;
    }
}

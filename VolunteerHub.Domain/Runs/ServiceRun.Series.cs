using VolunteerHub.Domain.Rosters;

namespace VolunteerHub.Domain.Runs;

/// <summary>What binds a run to the series or the batch that it came from.</summary>
public sealed partial class ServiceRun
{
    public SeriesId? SeriesId { get; private set; }

    /// <summary>The day that the rule of the series gave it, whatever day it is on; unique within the series.</summary>
    public DateOnly? SeriesDate { get; private set; }

    /// <summary>Whether somebody changed this one alone: edits of the series leave it as it is.</summary>
    public bool DiffersFromSeries { get; private set; }

    /// <summary>The batch with which it was planned; null where it was planned by itself.</summary>
    public RunBatchId? BatchId { get; private set; }

    /// <summary>Whether it could go without a trace: nobody ever saw it, and nobody is or was on it.</summary>
    public bool IsUntouched => Status == RunStatus.Draft && _assignments.Count == 0;

    /// <summary>The first day, in the zone.</summary>
    public DateOnly DayIn(TimeZoneInfo zone) => new TimeSlot(StartsAt, EndsAt).DayIn(zone);

    /// <summary>Binds the run to a day of a series.</summary>
    public void Join(SeriesId series, DateOnly date) => (SeriesId, SeriesDate) = (series, date);

    /// <summary>Marks the run as part of a batch, so that the batch can be reverted.</summary>
    public void JoinBatch(RunBatchId batch) => BatchId = batch;

    /// <summary>Stays as it is whatever becomes of the series.</summary>
    public void KeepOnPurpose() => DiffersFromSeries = SeriesId is not null;

    /// <summary>Follows its series: like <see cref="Revise"/>, but it goes on following.</summary>
    public Outcome Follow(
        RunPlan plan, DateOnly date, IReadOnlyDictionary<VolunteerId, Candidate> people, VolunteerId by, DateTimeOffset now, TimeZoneInfo zone)
    {
        var revised = Revise(plan, PlanVersion, people, by, now, zone);
        if (revised.Refused) return revised;
        (SeriesDate, DiffersFromSeries) = (date, false);
        return Outcome.Done;
    }

    /// <summary>Whether a plan would change anything.</summary>
    public bool IsLike(RunPlan plan)
    {
        if ((Title, Line, Helps, Groups, Tag) != (plan.Title, plan.Line, plan.Helps, plan.Groups, plan.Tag)) return false;
        if ((HostTeamId, SiteId, MeetAt, Bring) != (plan.HostTeamId, plan.SiteId, plan.MeetAt, plan.Bring)) return false;
        if (!CoTeamIds.ToHashSet().SetEquals(plan.CoTeamIds.Where(t => t != plan.HostTeamId)) || _shifts.Count != plan.Shifts.Count) return false;
        if (plan.PartnerIds is { } partners && !PartnerIds.ToHashSet().SetEquals(partners)) return false;
        return plan.Shifts.All(s => s.Id is { } id && Find(id) is { } shift && shift.Slot == s.Slot && shift.Posts.Count == s.Posts.Count
            && s.Posts.Index().All(p => shift.Posts.Any(q => q.Id == p.Item.Id && q.IsLike(p.Item, p.Index))));
    }
}

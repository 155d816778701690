using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Domain.Rosters.Cover;

/// <summary>Why a seat of the published roster may be empty on the day.</summary>
public enum SeatRisk
{
    /// <summary>The holder seeks a stand-in.</summary>
    CoverSought,

    /// <summary>The holder has not answered.</summary>
    Unanswered,

    /// <summary>The holder said yes long ago, was asked again, and has not answered that.</summary>
    Unconfirmed,

    /// <summary>The holder missed the last duty they had.</summary>
    MissedLastTime,

    /// <summary>The holder serves for the first time, and nobody experienced is on the shift.</summary>
    FirstTimerAlone,
}

/// <summary>Finds seats at risk, so that the leader hears of them before the day.</summary>
public static class SeatRisks
{
    /// <param name="run">The run, with its roster.</param>
    /// <param name="seat">A seat of the published roster.</param>
    /// <param name="missedLastTime">Who did not come to their last duty and was not excused.</param>
    /// <param name="experience">How often those on the run have served.</param>
    /// <param name="policy">Who counts as experienced.</param>
    /// <returns>Why the seat is at risk, the gravest first; none where it is not.</returns>
    public static IReadOnlyList<SeatRisk> Of(ServiceRun run, Assignment seat, IReadOnlySet<VolunteerId> missedLastTime, CrewExperience experience, DutyPolicy policy)
    {
        if (!seat.IsPublished || seat.LeavesWithDraft) return [];
        var risks = new List<SeatRisk>();
        if (seat.Status == AssignmentStatus.CoverSought) risks.Add(SeatRisk.CoverSought);
        if (seat.Status == AssignmentStatus.Invited) risks.Add(SeatRisk.Unanswered);
        if (seat.AwaitsConfirmation) risks.Add(SeatRisk.Unconfirmed);
        if (missedLastTime.Contains(seat.VolunteerId)) risks.Add(SeatRisk.MissedLastTime);
        var first = experience.AnybodyExperienced && experience.CompletedRuns.GetValueOrDefault(seat.VolunteerId) == 0;
        if (first && !run.Assignments.Any(a => a.Holds && a.ShiftId == seat.ShiftId && experience.CompletedRuns.GetValueOrDefault(a.VolunteerId) >= policy.ExperiencedFrom))
            risks.Add(SeatRisk.FirstTimerAlone);
        return risks;
    }
}

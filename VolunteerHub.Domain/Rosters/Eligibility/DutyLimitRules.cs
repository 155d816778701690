using VolunteerHub.Domain.Calendar;

namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>With this duty the person would serve longer on that day than anybody should.</summary>
public sealed record OverDailyLimit(decimal Would, int Hours) : Obstacle
{
    public override bool IsHard => false;
}

/// <summary>With this duty the person would serve longer in that week than the own limit, or the community's.</summary>
public sealed record OverWeeklyLimit(decimal Would, int Hours) : Obstacle
{
    public override bool IsHard => false;
}

/// <summary>Nobody serves all day.</summary>
public sealed class DailyLimitRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat)
    {
        var would = seat.Slot.Duration + Total(who, c => c.Slot.DayIn(seat.Zone) == seat.Day);
        return would > TimeSpan.FromHours(seat.Limits.HoursADay) ? new OverDailyLimit(Hours(would), seat.Limits.HoursADay) : null;
    }

    internal static decimal Hours(TimeSpan span) => Math.Round((decimal)span.TotalHours, 1);

    internal static TimeSpan Total(Candidate who, Func<Commitment, bool> counts) =>
        who.Commitments.Where(counts).Aggregate(TimeSpan.Zero, (sum, c) => sum + c.Slot.Duration);
}

/// <summary>A week of duty has a limit: the person's own, or else the community's.</summary>
public sealed class WeeklyLimitRule : IEligibilityRule
{
    public Reason? Look(Candidate who, Opening seat)
    {
        var limit = Limit(who, seat);
        var would = seat.Slot.Duration;
        if (who.Commitments.Count > 0)
        {
            var monday = Week.MondayOf(seat.Day);
            would += DailyLimitRule.Total(who, c => Week.MondayOf(c.Slot.DayIn(seat.Zone)) == monday);
        }

        return would > TimeSpan.FromHours(limit) ? new OverWeeklyLimit(DailyLimitRule.Hours(would), limit) : null;
    }

    /// <summary>Hours of duty a week that the person may have.</summary>
    public static int Limit(Candidate who, Opening seat) => who.Volunteer.Availability.HoursAWeek ?? seat.Limits.HoursAWeek;
}

namespace VolunteerHub.Domain.Volunteers;

/// <summary>A span of one weekday, by the community's wall clock; <paramref name="To"/> at 00:00 means midnight at its end.</summary>
public sealed record WeeklyHours(DayOfWeek Day, TimeOnly From, TimeOnly To);

/// <summary>A dated exception: free or not free on that day, whatever the week says.</summary>
public sealed record DatedAvailability(DateOnly Day, bool Free);

/// <summary>可服务时间: a weekly pattern and dated exceptions. Someone who stated nothing may be asked at any time.</summary>
/// <param name="Weekly">The weekly pattern.</param>
/// <param name="Exceptions">Days that are different.</param>
/// <param name="HoursAWeek">Most hours of duty in a week that the person wants; null leaves the community's limit.</param>
public sealed record Availability(IReadOnlyList<WeeklyHours> Weekly, IReadOnlyList<DatedAvailability> Exceptions, int? HoursAWeek = null)
{
    public static readonly Availability Unstated = new([], []);

    public bool IsStated => Weekly.Count > 0 || Exceptions.Count > 0;

    /// <summary>Whether the whole <paramref name="slot"/> lies in time that the person stated as free.</summary>
    /// <param name="slot">The slot of duty.</param>
    /// <param name="zone">The community's zone, by whose wall clock the pattern is stated.</param>
    public bool Covers(TimeSlot slot, TimeZoneInfo zone)
    {
        var (at, end) = slot.On(zone);
        // A slot may run on from one stated span into the next, and past midnight into another day's.
        while (at < end)
        {
            if (FreeFrom(at) is not { } until) return false;
            at = until;
        }

        return true;
    }

    /// <summary>Until when, on the same day, the person is free from <paramref name="at"/> on; null where not free.</summary>
    private DateTime? FreeFrom(DateTime at)
    {
        var day = DateOnly.FromDateTime(at);
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        if (Exceptions.LastOrDefault(e => e.Day == day) is { } exception) return exception.Free ? midnight : null;
        if (Weekly.Count == 0) return midnight;
        return Weekly.Where(hours => hours.Day == day.DayOfWeek && day.ToDateTime(hours.From) <= at)
            .Select(hours => (DateTime?)(hours.To == TimeOnly.MinValue ? midnight : day.ToDateTime(hours.To)))
            .Where(to => to > at)
            .Max();
    }
}

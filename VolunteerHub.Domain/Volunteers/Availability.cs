namespace VolunteerHub.Domain.Volunteers;

/// <summary>A span of one weekday, by the community's wall clock; <paramref name="To"/> at 00:00 means midnight at its end.</summary>
public sealed record WeeklyHours(DayOfWeek Day, TimeOnly From, TimeOnly To);

/// <summary>A dated exception: free or not free on that day, whatever the week says.</summary>
public sealed record DatedAvailability(DateOnly Day, bool Free);

/// <summary>可服务时间: a weekly pattern and dated exceptions. Someone who stated nothing may be asked at any time.</summary>
public sealed record Availability(IReadOnlyList<WeeklyHours> Weekly, IReadOnlyList<DatedAvailability> Exceptions)
{
    public static readonly Availability Unstated = new([], []);

    public bool IsStated => Weekly.Count > 0 || Exceptions.Count > 0;

    /// <summary>Whether the whole <paramref name="slot"/> lies in time that the person stated as free.</summary>
    /// <param name="slot">The slot of duty.</param>
    /// <param name="zone">The community's zone, by whose wall clock the pattern is stated.</param>
    public bool Covers(TimeSlot slot, TimeZoneInfo zone)
    {
        var (start, end) = slot.On(zone);
        var day = DateOnly.FromDateTime(start);
        if (Exceptions.LastOrDefault(e => e.Day == day) is { } exception) return exception.Free;
        if (Weekly.Count == 0) return true;
        return Weekly.Any(hours => hours.Day == day.DayOfWeek
            && day.ToDateTime(hours.From) <= start
            && end <= (hours.To == TimeOnly.MinValue ? day.AddDays(1).ToDateTime(hours.To) : day.ToDateTime(hours.To)));
    }
}

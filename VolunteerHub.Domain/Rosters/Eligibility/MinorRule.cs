namespace VolunteerHub.Domain.Rosters.Eligibility;

/// <summary>Children under six do not serve.</summary>
public sealed record TooYoung(int Age) : Obstacle
{
    public override bool IsHard => true;
}

/// <summary>No guardian's consent covers the day.</summary>
public sealed record GuardianConsentMissing(int Age) : Obstacle
{
    public override bool IsHard => true;
}

/// <summary>The duty is longer than a minor of that age may serve.</summary>
public sealed record TooLongForMinor(int Age, int MaxMinutes) : Obstacle
{
    public override bool IsHard => true;
}

/// <summary>Minors do not serve after 20:00.</summary>
public sealed record TooLateForMinor(int Age) : Obstacle
{
    public override bool IsHard => true;
}

/// <summary>A guardian's consent covers the day.</summary>
public sealed record GuardianHasConsented(DateOnly Until) : Reason;

/// <summary>
/// Minors need a guardian's consent and serve briefly: up to an hour under ten, up to two hours under eighteen,
/// never after 20:00; under six not at all (rules of league and province; data under 个人信息保护法 §§28, 31).
/// </summary>
public sealed class MinorRule : IEligibilityRule
{
    private static readonly TimeOnly Latest = new(20, 0);

    public Reason? Look(Candidate who, Opening seat)
    {
        if (who.BornOn is not { } born) return null;
        var age = AgeOn(born, seat.Day);
        if (age >= 18) return null;
        if (age < 6) return new TooYoung(age);
        if (who.Volunteer.GuardianConsentUntil is not { } until || until <= seat.Day) return new GuardianConsentMissing(age);
        var most = age < 10 ? 60 : 120;
        if (seat.Slot.Duration > TimeSpan.FromMinutes(most)) return new TooLongForMinor(age, most);
        var (start, end) = seat.Slot.On(seat.Zone);
        if (end.Date > start.Date || TimeOnly.FromDateTime(end) > Latest) return new TooLateForMinor(age);
        return new GuardianHasConsented(until);
    }

    /// <summary>Full years on <paramref name="day"/>; someone born on 29 February ages on 1 March.</summary>
    public static int AgeOn(DateOnly born, DateOnly day)
    {
        var age = day.Year - born.Year;
        return (day.Month, day.Day).CompareTo((born.Month, born.Day)) < 0 ? age - 1 : age;
    }
}

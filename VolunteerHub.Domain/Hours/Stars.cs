using VolunteerHub.Domain.Communities;

namespace VolunteerHub.Domain.Hours;

/// <summary>How far somebody is on the way to a star.</summary>
/// <param name="Level">Stars that are reached, from nought to five.</param>
/// <param name="Total">Hours that are final, all together.</param>
/// <param name="Next">Hours at which the next star is reached; null where all are.</param>
/// <param name="Percent">How much of the way from the last star to the next is done.</param>
public sealed record StarProgress(int Level, TimeSpan Total, int? Next, int Percent);

/// <summary>星级志愿者: by all hours together that are final (民函〔2012〕340号; the levels are settings).</summary>
public static class Stars
{
    public const int Most = 5;

    /// <summary>Stars that are reached with so many hours.</summary>
    public static int LevelOf(TimeSpan total, HourPolicy policy) => policy.StarHours.Count(hours => total >= TimeSpan.FromHours(hours));

    /// <summary>How far it is to the next star.</summary>
    public static StarProgress ProgressOf(TimeSpan total, HourPolicy policy)
    {
        var level = LevelOf(total, policy);
        if (level >= policy.StarHours.Count) return new(level, total, null, 100);
        var (from, to) = (level == 0 ? 0 : policy.StarHours[level - 1], policy.StarHours[level]);
        return new(level, total, to, Math.Clamp((int)((total.TotalHours - from) * 100 / (to - from)), 0, 99));
    }
}

/// <summary>So many stars are not reached.</summary>
public sealed record StarNotReached : Refusal;

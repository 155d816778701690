namespace VolunteerHub.Benchmarks;

/// <summary>What many measured times come to.</summary>
internal static class Quantile
{
    /// <summary>The time below which a share of all lies; 0.5 is the median.</summary>
    public static double Of(IEnumerable<double> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }

    public static double Median(IEnumerable<double> times) => Of(times, 0.5);
}

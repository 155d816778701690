namespace VolunteerHub.Tests.Support;

/// <summary>How long a test waits before it calls something hung. What works is never waited for so long, on however slow or busy a machine, so a guard is not a measurement.</summary>
internal static class Patience
{
    public static readonly TimeSpan Guard = TimeSpan.FromMinutes(2);

    /// <summary>The same for a browser, in its milliseconds.</summary>
    public static readonly float InBrowser = (float)TimeSpan.FromMinutes(1).TotalMilliseconds;
}

using VolunteerHub.Domain.Hours;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>In which tone a state of hours is shown.</summary>
internal static class HourTone
{
    public static string Of(HourStatus status) => status switch
    {
        HourStatus.Final => "ok",
        HourStatus.Disputed => "d",
        HourStatus.Proposed => "w",
        _ => "i",
    };
}

using VolunteerHub.Domain.Hours;

namespace VolunteerHub.Web.Features.Hours.Policy;

/// <summary>Parts of a credited time in words.</summary>
internal static class CreditWords
{
    /// <summary>
    /// Whole minutes as the clock times beside them have it. Those are cut to the minute: who came at 18:42:40 stands there with 18:42, eighteen
    /// minutes before 19:00, and who left at 20:37:50 with 20:37.
    /// </summary>
    public static int Minutes(CreditPart part) => (int)(part.Note switch
    {
        CreditNote.BeforeCounted or CreditNote.BeforeLeftOut => Math.Ceiling(part.Time.TotalMinutes),
        CreditNote.AfterCounted or CreditNote.AfterOpen or CreditNote.AfterLeftOut => Math.Floor(part.Time.TotalMinutes),
        _ => Math.Round(part.Time.TotalMinutes),
    });
}

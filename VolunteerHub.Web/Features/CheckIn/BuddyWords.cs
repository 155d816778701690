using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>Why somebody was checked in by who stood beside them, as people read it: a usual reason, or the words that were typed.</summary>
internal static class BuddyWords
{
    public static string Of(IStringLocalizer<Texts> texts, string? because) =>
        Enum.TryParse<BuddyReason>(because, out var usual) && Enum.IsDefined(usual) ? texts[$"BuddyReason.{usual}"].Value : because ?? "";
}

using System.Text.Json;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Kiosks;

/// <summary>The page that a tablet opens once and keeps.</summary>
public static class KioskPages
{
    /// <summary>What the script of the page says, by the last part of the text's key.</summary>
    public static readonly IReadOnlyList<string> Words =
    [
        "Title", "Online", "Offline", "Waiting", "Needs", "Stuck", "Closed", "ClosedWaiting", "Revoked", "Unknown", "PairOffline", "CameIn", "WentOut", "InLater", "OutLater", "SentNow", "Refused",
        "Card", "NoCode", "OutTitle", "OutYes", "AgainTitle", "AgainYes", "PinForm", "PinOffline", "All", "TileExpected", "TilePresent", "TileLeft", "TileInWaits", "TileOutWaits", "CameraHint", "NoCamera",
    ];

    public static void MapKioskPages(this IEndpointRouteBuilder routes) =>
        routes.MapPage("/kiosk", _ => Task.FromResult(PlainPages.Page<KioskPage>())).AllowAnonymous();

    /// <summary>The words of the script, as the page carries them.</summary>
    internal static string TextsOf(IStringLocalizer<Texts> texts) => JsonSerializer.Serialize(Words.ToDictionary(word => word, word => texts[$"Kiosk.Page.{word}"].Value));
}

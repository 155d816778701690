using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;
using Microsoft.JSInterop;

namespace VolunteerHub.Web.Features.Rosters.GroupLists;

/// <summary>
/// Keeps a pasted text in the leader's own browser tab, encrypted, until the tab is closed: a reload loses nothing, and nobody else's
/// machine ever has it.
/// </summary>
public sealed class PastedText(ProtectedSessionStorage storage)
{
    private const string Purpose = "group-list:";

    /// <summary>What comes back from a browser in one piece is bounded; a longer text is not kept.</summary>
    private const int MostKept = 16_000;

    public async Task<string> ReadAsync(string key)
    {
        try
        {
            var kept = await storage.GetAsync<string>(Purpose + key);
            return kept is { Success: true, Value: { } packed } ? Unpacked(packed) : "";
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or JSException or FormatException or InvalidDataException or System.Text.Json.JsonException)
        {
            // Written before the keys were renewed, or by hand: it is as if nothing were there.
            return "";
        }
    }

    public async Task KeepAsync(string key, string text)
    {
        var packed = Packed(text);
        if (text.Length == 0 || packed.Length > MostKept) await storage.DeleteAsync(Purpose + key);
        else await storage.SetAsync(Purpose + key, packed);
    }

    private static string Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var pack = new BrotliStream(packed, CompressionLevel.Fastest)) pack.Write(Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(packed.ToArray());
    }

    private static string Unpacked(string packed)
    {
        using var pack = new BrotliStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        using var text = new StreamReader(pack, Encoding.UTF8);
        return text.ReadToEnd();
    }
}

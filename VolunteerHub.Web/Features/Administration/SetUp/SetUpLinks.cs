using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Administration.SetUp;

/// <summary>
/// Links that only who starts the program sees: for the first coordinator while there is none, and for coordinators who
/// cannot get in any more. They are written to the console and not to a log, which may be kept and read by others.
/// </summary>
public static class SetUpLinks
{
    /// <summary>Starts the program only to print links for the coordinators who cannot get in.</summary>
    public const string RecoverySwitch = "--recovery-link";

    private static readonly TimeSpan SetUpLife = TimeSpan.FromHours(24);
    private static readonly TimeSpan RecoveryLife = TimeSpan.FromHours(1);

    /// <summary>While no coordinator can sign in: makes a new link for the first one, and says so. Earlier links stop working.</summary>
    public static async Task OfferSetUpAsync(this WebApplication app, TextWriter console, CancellationToken ct = default)
    {
        await using var work = await app.Services.GetRequiredService<Hub>().BeginAsync(Actor.System, ct);
        if (await work.Coordinators().AnyAsync(ct)) return;
        var token = await work.NewLinkAsync(LinkUse.SetUp, SetUpLife, null, null, ct);
        await work.SaveAsync(null, ct);
        var texts = app.Services.GetRequiredService<IStringLocalizer<Texts>>();
        await console.WriteLineAsync(texts["SetUp.Console", AddressOf(app, $"/set-up/{token}"), SetUpLife.TotalHours]);
        await console.FlushAsync(ct);
    }

    /// <summary>
    /// Says how the coordinators get in again: a link for a new password for each of them, or a set-up link where there is
    /// none who may sign in.
    /// </summary>
    public static async Task OfferRecoveryAsync(this WebApplication app, TextWriter console, CancellationToken ct = default)
    {
        var texts = app.Services.GetRequiredService<IStringLocalizer<Texts>>();
        var lines = new List<string>();
        await using (var work = await app.Services.GetRequiredService<Hub>().BeginAsync(Actor.System, ct))
        {
            foreach (var account in await work.Coordinators().ToListAsync(ct))
            {
                // A lock by the other coordinators' hand would leave nobody: who holds the machine may lift it.
                if (account.IsLockedByHand) account.Unlock();
                var token = await work.NewLinkAsync(LinkUse.Reset, RecoveryLife, account.VolunteerId, null, ct);
                lines.Add(texts["SetUp.ConsoleRecovery", account.UserName!, AddressOf(app, $"/reset/{token}"), RecoveryLife.TotalHours]);
            }

            await work.SaveAsync(null, ct);
        }

        foreach (var line in lines) await console.WriteLineAsync(line);
        if (lines.Count == 0) await app.OfferSetUpAsync(console, ct);
        await console.FlushAsync(ct);
    }

    /// <summary>By the configured address, or by the one on which the server listens.</summary>
    private static string AddressOf(WebApplication app, string path)
    {
        var listening = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? app.Configuration["urls"]?.Split(';')[0] ?? "http://localhost:5000";
        foreach (var any in new[] { "0.0.0.0", "[::]", "*", "+" }) listening = listening.Replace($"//{any}", "//localhost", StringComparison.Ordinal);
        return app.Services.GetRequiredService<PublicAddress>().Of(path, listening);
    }
}

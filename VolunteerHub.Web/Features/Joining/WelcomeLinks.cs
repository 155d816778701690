using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MudBlazor;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>A link for one person, as it is handed out once.</summary>
/// <param name="Name">Whom it is for.</param>
/// <param name="Number">The person's 志愿者编号.</param>
/// <param name="Path">From the site's root.</param>
/// <param name="Until">From when it does not work any more.</param>
public sealed record PersonalLink(string Name, string Number, string Path, DateTimeOffset Until);

/// <summary>The person signs in already: there is nothing to open.</summary>
public sealed record HasAccountAlready(string Name) : Refusal;

/// <summary>Makes the link by which a volunteer without an account chooses a password. An earlier one stops working.</summary>
public sealed class MakeWelcomeLink(Hub hub)
{
    public async Task<Outcome<PersonalLink>> RunAsync(Actor actor, VolunteerId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var who = await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == id, ct);
        if (!work.Authority.MayLookAfter(await work.TeamsOfAsync(id, ct))) return work.Denied(this, id);
        if (who is null) return new VolunteerNotFound();
        if (who.Closed is { } closed) return closed;
        if (who.Status == VolunteerStatus.Left) return new NotActive(who.Status);
        if (await work.Db.Users.AnyAsync(a => a.VolunteerId == id, ct)) return new HasAccountAlready(who.Name);
        var link = await work.WelcomeAsync(who, ct);
        await work.SaveAsync(null, ct);
        return link;
    }
}

internal static class WelcomeLinks
{
    /// <summary>Adds the link to a unit of work that knows that it may.</summary>
    public static async Task<PersonalLink> WelcomeAsync(this HubTransaction work, Volunteer who, CancellationToken ct)
    {
        var life = work.Community.Joining.InvitationLife;
        var token = await work.NewLinkAsync(LinkUse.Welcome, life, who.Id, null, ct);
        return new PersonalLink(who.Name, who.Number, $"/welcome/{token}", work.Now + life);
    }
}

/// <summary>Makes a welcome link and shows it, ready to paste into WeChat or to be scanned: one call for every screen that offers it.</summary>
public sealed class WelcomeOffer(
    MakeWelcomeLink job, IDialogService dialogs, PublicAddress address, NavigationManager navigation, CurrentCommunity community, CommunityTime time, IStringLocalizer<Texts> texts)
{
    /// <returns>Why not; null once it was shown.</returns>
    public async Task<Refusal?> OfferAsync(Actor actor, VolunteerId who)
    {
        var made = await job.RunAsync(actor, who);
        if (!made.Refused) await ShowAsync(made.Value);
        return made.Refusal;
    }

    public Task ShowAsync(PersonalLink link)
    {
        var url = address.Of(link.Path, navigation.BaseUri);
        return LinkDialog.ShowAsync(
            dialogs, texts["Join.Welcome.DialogTitle", link.Name], texts["Join.Welcome.DialogExplain"],
            texts["Join.Welcome.Message", link.Name, community.Name, link.Number, url, time.Day(link.Until)], url, link.Until);
    }
}

using Microsoft.AspNetCore.Components;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Features.Joining;
using VolunteerHub.Web.Features.Volunteers.Cards;
using VolunteerHub.Web.Features.Volunteers.Privacy;
using VolunteerHub.Web.Features.Volunteers.Status;
using VolunteerHub.Web.Platform.Clock;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>Asks with the exact consequence before it sends somebody away.</summary>
public partial class StatusMenu
{
    private const int DutiesNamed = 8;

    [Inject] private DepartureConsequences Consequences { get; set; } = null!;

    [Inject] private PauseVolunteer Pause { get; set; } = null!;

    [Inject] private ResumeVolunteer Resume { get; set; } = null!;

    [Inject] private LetVolunteerLeave Leave { get; set; } = null!;

    [Inject] private RevokePersonalCode Revoke { get; set; } = null!;

    [Inject] private WelcomeOffer Welcome { get; set; } = null!;

    [Inject] private ErasureConsequences Erasure { get; set; } = null!;

    [Inject] private EraseVolunteer Erase { get; set; } = null!;

    private async Task PauseAsync()
    {
        if (await LookAsync(Consequences.LoadAsync(Actor, View.Id, forGood: false)) is not { } departure) return;
        if (await ConfirmDialog.AskAsync(Dialogs, T["Record.PauseTitle", View.Name], T["Record.PauseExplain"], T["Record.Pause"], [.. Duties(departure), .. Sessions(departure, forGood: false)]))
            await DoAsync(Pause.RunAsync(Actor, View.Id), T["Record.PausedNow", View.Name]);
    }

    private async Task ResumeAsync()
    {
        var left = View.Status == VolunteerStatus.Left;
        if (await ConfirmDialog.AskAsync(Dialogs, left ? T["Record.RejoinTitle", View.Name] : T["Record.ResumeTitle", View.Name], T[left ? "Record.RejoinExplain" : "Record.ResumeExplain"], T[left ? "Record.Rejoin" : "Record.Resume"]))
            await DoAsync(Resume.RunAsync(Actor, View.Id), T["Record.ResumedNow", View.Name]);
    }

    private async Task LeaveAsync()
    {
        if (await LookAsync(Consequences.LoadAsync(Actor, View.Id, forGood: true)) is not { } departure) return;
        if (await ConfirmDialog.AskAsync(Dialogs, T["Record.LeaveTitle", View.Name], T["Record.LeaveExplain"], T["Record.Leave"], Parting(departure)))
            await DoAsync(Leave.RunAsync(Actor, View.Id), T["Record.LeftNow", View.Name]);
    }

    private async Task WelcomeAsync()
    {
        if (await Welcome.OfferAsync(Actor, View.Id) is { } refusal) await DoAsync(Task.FromResult<Outcome>(refusal));
    }

    private async Task RevokeAsync()
    {
        if (await ConfirmDialog.AskAsync(Dialogs, T["Card.Revoke"], T["Card.RevokeExplain", View.Name], T["Card.Revoke"]))
            await DoAsync(Revoke.RunAsync(Actor, View.Id), T["Card.Revoked"]);
    }

    private async Task EraseAsync()
    {
        if (await LookAsync(Erasure.LoadAsync(Actor, View.Id)) is not { } erasure) return;
        if (await ErasureDialog.AskAsync(Dialogs, T["Erase.Title"], erasure)) await DoAsync(Erase.RunAsync(Actor, View.Id), T["Erase.Done", erasure.Number]);
    }

    private async Task<T?> LookAsync<T>(Task<Outcome<T>> view) where T : class
    {
        var looked = await view;
        if (looked.Refused) await DoAsync(Task.FromResult(looked.WithoutValue));
        return looked.Value;
    }

    private List<string> Parting(DepartureView departure)
    {
        var lines = Duties(departure);
        if (departure.Teams.Count > 0) lines.Add(T["Record.EndsTeams", departure.Teams.Count, string.Join(T["List.Separator"], departure.Teams)]);
        if (departure.Lendings > 0) lines.Add(T["Record.EndsLendings", departure.Lendings]);
        lines.AddRange(Sessions(departure, forGood: true));
        return lines;
    }

    private List<string> Duties(DepartureView departure)
    {
        if (departure.Duties.Count == 0) return [];
        List<string> lines = [T["Record.GivesUp", departure.Duties.Count]];
        lines.AddRange(departure.Duties.Take(DutiesNamed).Select(d => T["Record.LostDuty", Time.When(d.Slot), d.Title].Value));
        return lines;
    }

    private List<string> Sessions(DepartureView departure, bool forGood)
    {
        List<string> lines = [];
        if (departure.HasAccount) lines.Add(T[forGood ? "Record.EndsSessions" : "Record.EndsSessionsNow"]);
        if (departure.Phones > 0) lines.Add(T["Record.ForgetsPhones", departure.Phones]);
        return lines;
    }
}

using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Features.Account;
using VolunteerHub.Web.Features.Joining;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Administration.Accounts;

/// <summary>Who can sign in, with what rights; everything is asked with its consequence before it is done.</summary>
public partial class AccountsPage
{
    private AccountsView? _view;
    private string _search = "";
    private string _loaded = "";

    [SupplyParameterFromQuery(Name = "show")] public string? ShowText { get; set; }

    [SupplyParameterFromQuery(Name = "after")] public string? After { get; set; }

    [Inject] private AccountList Accounts { get; set; } = null!;

    [Inject] private SetRole SetRole { get; set; } = null!;

    [Inject] private LockAccount LockAccount { get; set; } = null!;

    [Inject] private SignOutEverywhere SignOutEverywhere { get; set; } = null!;

    [Inject] private MakeResetLink MakeResetLink { get; set; } = null!;

    [Inject] private WelcomeOffer Welcome { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private PublicAddress Address { get; set; } = null!;

    protected override bool ShowsPeople => true;

    private AccountsShown Shown => Enum.TryParse<AccountsShown>(ShowText, ignoreCase: true, out var shown) && Enum.IsDefined(shown) ? shown : AccountsShown.All;

    protected override async Task OnParametersSetAsync()
    {
        if (Actor is not null && _loaded != Navigation.Uri) await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        _loaded = Navigation.Uri;
        _view = Taken(await Accounts.LoadAsync(Actor, _search, Shown, string.IsNullOrEmpty(After) ? null : After));
    }

    private static string Link(AccountsShown shown, string? after)
    {
        var parts = new[] { shown == AccountsShown.All ? null : $"show={shown.ToString().ToLowerInvariant()}", after is null ? null : $"after={Uri.EscapeDataString(after)}" }.OfType<string>().ToList();
        return parts.Count == 0 ? "/accounts" : "/accounts?" + string.Join('&', parts);
    }

    private string RoleName(string role) => T[$"Roles.{role}"];

    private async Task SearchAsync(string? typed)
    {
        _search = typed ?? "";
        // What is searched for may be a phone number: it stays out of the address, which begins anew.
        if (After is not null) Navigation.NavigateTo(Link(Shown, null));
        else await LoadAsync();
    }

    private async Task WelcomeAsync(AccountRow row)
    {
        if (await Welcome.OfferAsync(Actor, row.Id) is { } refusal) Say(refusal);
    }

    private async Task ResetAsync(AccountRow row)
    {
        if (!await ConfirmDialog.AskAsync(Dialogs, T["Accounts.Reset"], T["Accounts.ResetExplain", row.Name], T["Accounts.ResetButton"])) return;
        var made = await MakeResetLink.RunAsync(Actor, row.Id);
        if (made.Refused)
        {
            Say(made.Refusal);
            return;
        }

        var url = Address.Of(made.Value.Path, Navigation.BaseUri);
        await LinkDialog.ShowAsync(
            Dialogs, T["Accounts.ResetTitle", row.Name], T["Accounts.ResetHandOver"],
            T["Accounts.ResetMessage", row.Name, Community.Name, url, Time.Time(made.Value.Until)], url, made.Value.Until);
    }

    private async Task SignOutAsync(AccountRow row)
    {
        if (await ConfirmDialog.AskAsync(Dialogs, T["Security.Everywhere"], T["Accounts.SignOutExplain", row.Name, row.Phones], T["Security.EverywhereButton"]))
            await DoAsync(SignOutEverywhere.RunAsync(Actor, row.Id), T["Accounts.SignedOut", row.Name]);
    }

    private async Task LockAsync(AccountRow row)
    {
        var locks = row.Lock == AccountLock.None;
        if (await ConfirmDialog.AskAsync(
            Dialogs, locks ? T["Accounts.Lock"] : T["Accounts.Unlock"], locks ? T["Accounts.LockExplain", row.Name] : T["Accounts.UnlockExplain", row.Name], locks ? T["Accounts.Lock"] : T["Accounts.Unlock"]))
            await DoAsync(LockAccount.RunAsync(Actor, row.Id, locks), locks ? T["Accounts.Locked", row.Name] : T["Accounts.Unlocked", row.Name]);
    }

    private async Task RoleAsync(AccountRow row, string role)
    {
        var (given, name) = (!row.Is(role), RoleName(role));
        var title = given ? T["Accounts.Give", name] : T["Accounts.Take", name];
        var explain = !given ? T["Accounts.TakeExplain", row.Name, name]
            : role == Roles.Coordinator ? T["Accounts.GiveCoordinatorExplain", row.Name] : T["Accounts.GiveAuditorExplain", row.Name];
        if (await ConfirmDialog.AskAsync(Dialogs, title, explain, title)) await DoAsync(SetRole.RunAsync(Actor, row.Id, role, given), T["Accounts.Done"]);
    }
}

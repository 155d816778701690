using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Certificates;
using VolunteerHub.Web.Components.Controls;

namespace VolunteerHub.Web.Features.Certificates;

/// <summary>The register of certificates: what was asked for, issued, withdrawn.</summary>
public partial class CertificatesPage
{
    private CertificateRegisterView? _view;

    [SupplyParameterFromQuery(Name = "q")] public string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "state")] public string? State { get; set; }

    [Inject] private CertificateRegister Register { get; set; } = null!;

    [Inject] private DeclineCertificate Decline { get; set; } = null!;

    [Inject] private WithdrawCertificate Withdraw { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    protected override bool Shows(RunId run) => false;

    protected override async Task LoadAsync() =>
        _view = Taken(await Register.LoadAsync(Actor, Query, Enum.TryParse<CertificateStatus>(State, out var status) ? status : null));

    protected override async Task OnParametersSetAsync()
    {
        if (Actor is not null) await LoadAsync();
    }

    private void Filter(string? typed, string? state) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["q"] = string.IsNullOrWhiteSpace(typed) ? null : typed, ["state"] = string.IsNullOrEmpty(state) ? null : state }), replace: true);

    private async Task IssueAsync(CertificateRow? asked)
    {
        if (await IssueDialog.ShowAsync(Dialogs, T["Certificate.Issue"], Actor, asked, _view!)) await LoadAsync();
    }

    private async Task DeclineAsync(CertificateRow row)
    {
        if (await ReasonDialog.AskAsync(Dialogs, T["Certificate.Decline"], T["Certificate.DeclineExplain", row.Name], T["Times.Because"], T["Certificate.Decline"]) is { } because)
            await DoAsync(Decline.RunAsync(Actor, row.Id, because));
    }

    private async Task WithdrawAsync(CertificateRow row)
    {
        if (await ReasonDialog.AskAsync(Dialogs, T["Certificate.WithdrawTitle", row.Number!], T["Certificate.WithdrawExplain"], T["Times.Because"], T["Certificate.Withdraw"]) is { } because)
            await DoAsync(Withdraw.RunAsync(Actor, row.Id, because));
    }
}

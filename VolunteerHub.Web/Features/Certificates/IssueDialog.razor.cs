using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Certificates;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Certificates;

/// <summary>Issues a certificate; what is refused stays as it was typed.</summary>
public partial class IssueDialog
{
    private CertificatePerson? _who;
    private CertificateDraftView? _draft;
    private DateOnly? _from;
    private DateOnly? _until;
    private string? _inCharge;
    private string? _handler;
    private string? _contact;
    private Refusal? _refused;
    private bool _sending;

    [Inject] private IssueCertificate Issue { get; set; } = null!;

    [Inject] private CertificateDraft Draft { get; set; } = null!;

    [Inject] private CertificatePeople People { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;

    /// <summary>What was asked for; null where nobody asked.</summary>
    [Parameter] public CertificateRow? Asked { get; set; }

    [Parameter, EditorRequired] public CertificateRegisterView Register { get; set; } = null!;

    /// <returns>Whether one was issued.</returns>
    public static async Task<bool> ShowAsync(IDialogService dialogs, string title, Actor actor, CertificateRow? asked, CertificateRegisterView register)
    {
        var shown = await dialogs.ShowAsync<IssueDialog>(title, new DialogParameters<IssueDialog> { { d => d.Actor, actor }, { d => d.Asked, asked }, { d => d.Register, register } });
        return (await shown.Result) is { Canceled: false };
    }

    private VolunteerId? Who => Asked?.VolunteerId ?? _who?.Id;

    protected override Task OnInitializedAsync()
    {
        (_from, _until, _inCharge, _handler, _contact) = (Asked?.From, Asked?.Until, Register.InCharge, Register.Handler, Register.Contact);
        return LookAsync(null, _from, _until);
    }

    /// <summary>What would be certified is seen before it is.</summary>
    private async Task LookAsync(CertificatePerson? who, DateOnly? from, DateOnly? until)
    {
        (_who, _from, _until, _draft) = (who, from, until, null);
        if (Who is not { } whose) return;
        var draft = await Draft.LoadAsync(Actor, whose, from, until);
        // Something else may be meant by now.
        if ((_who, _from, _until) != (who, from, until)) return;
        (_draft, _refused) = (draft.Value, draft.Refusal);
    }

    private bool IsMissing(string? name) => _refused is CertificateNamesMissing && CertificateTerms.IsMissing(name);

    private async Task<IEnumerable<CertificatePerson>> FindAsync(string typed, CancellationToken ct) => (await People.LoadAsync(Actor, typed ?? "", ct)).Value ?? [];

    private async Task IssueAsync()
    {
        _sending = true;
        var issued = await Issue.RunAsync(Actor, Who!.Value, Asked?.Id, new CertificateTerms(_from, _until, _inCharge, _handler, _contact));
        _sending = false;
        _refused = issued.Refusal;
        if (!issued.Refused) Dialog.Close(DialogResult.Ok(true));
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Features.Volunteers.Records;

namespace VolunteerHub.Web.Features.OwnRecord;

/// <summary>The own record, with what was typed and what is wrong with it.</summary>
public partial class OwnRecordPage
{
    [Parameter, EditorRequired] public OwnRecordView View { get; set; } = null!;

    [Parameter, EditorRequired] public OwnRecordForm Form { get; set; } = null!;

    [Parameter] public IReadOnlyDictionary<string, string> Errors { get; set; } = new Dictionary<string, string>();

    [Parameter] public Refusal? Refusal { get; set; }

    /// <summary>The new number as it was typed.</summary>
    [Parameter] public string? Phone { get; set; }

    [Parameter] public Refusal? PhoneRefusal { get; set; }

    /// <summary>What was done just now.</summary>
    [Parameter] public string Done { get; set; } = "";

    private string? PhoneField => PhoneRefusal is PhoneUnreadable or PhoneTakenByAnother ? Reasons.Of(PhoneRefusal) : null;

    private string? PasswordField => PhoneRefusal is OwnPasswordWrong ? Reasons.Of(PhoneRefusal) : null;

    private LocalizedString? Said => Done switch
    {
        "saved" => T["Own.Saved"],
        "phone" => T["Own.Phone.Saved"],
        "agreed" => T["Own.Agreed"],
        "withdrawn" => T["Own.Withdrawn"],
        "paused" => T["Own.PausedNow"],
        "resumed" => T["Own.ResumedNow"],
        _ => null,
    };

    private (string Title, IReadOnlyList<OwnEntry> Entries)[] Entries =>
        [(T["Own.Qualifications"], View.Qualifications), (T["Own.Trainings"], View.Trainings), (T["Own.Awards"], View.Awards)];

    private string? Error(string field) => Errors.GetValueOrDefault(field);

    private string When(OwnEntry entry) => entry.Until is { } until ? T["Own.FromTo", Time.FullDay(entry.From), Time.FullDay(until)] : Time.FullDay(entry.From);
}

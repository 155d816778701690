using Microsoft.AspNetCore.Components;

namespace VolunteerHub.Web.Features.Administration.Settings;

/// <summary>A group of settings, on the settings page or in the first set-up.</summary>
public abstract class SettingsFields : ComponentBase
{
    [Parameter, EditorRequired] public SettingsForm Form { get; set; } = null!;

    /// <summary>What is wrong, by field.</summary>
    [Parameter] public IReadOnlyDictionary<string, string> Errors { get; set; } = new Dictionary<string, string>();

    [Parameter] public bool ReadOnly { get; set; }

    /// <summary>Only those that a community thinks about on its first day.</summary>
    [Parameter] public bool Few { get; set; }

    protected static SettingsForm Defaults => SettingsForm.Defaults;

    protected string? Error(string field) => Errors.GetValueOrDefault(field);
}

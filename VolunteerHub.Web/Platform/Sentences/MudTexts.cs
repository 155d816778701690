using Microsoft.Extensions.Localization;
using MudBlazor;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Platform.Sentences;

/// <summary>MudBlazor's own texts in the reader's language: they stand in the resource files with ours.</summary>
internal sealed class MudTexts(IStringLocalizer<Texts> texts) : MudLocalizer
{
    public override LocalizedString this[string key] => texts[$"Mud.{key}"];

    public override LocalizedString this[string key, params object[] arguments] => texts[$"Mud.{key}", arguments];
}

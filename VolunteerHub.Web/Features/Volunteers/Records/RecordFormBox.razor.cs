using FluentValidation;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>Checks a form and sends it.</summary>
/// <typeparam name="TForm">The form.</typeparam>
public partial class RecordFormBox<TForm>
{
    private Refusal? _refused;
    private Dictionary<string, string> _errors = [];
    private bool _saving;

    [Parameter, EditorRequired] public TForm Form { get; set; } = null!;

    [Parameter, EditorRequired] public Func<TForm, Task<Outcome>> Save { get; set; } = null!;

    [Parameter, EditorRequired] public RenderFragment<Typing<TForm>> Edit { get; set; } = null!;

    /// <summary>On the button; else it says to save.</summary>
    [Parameter] public string? Button { get; set; }

    /// <summary>What is said when it is done.</summary>
    [Parameter] public string? Done { get; set; }

    /// <summary>Asks the page to look again, after any answer.</summary>
    [Parameter] public EventCallback OnAnswered { get; set; }

    [Parameter] public EventCallback OnClose { get; set; }

    [Inject] private IValidator<TForm> Validator { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    private async Task CloseOnEscapeAsync(KeyboardEventArgs pressed)
    {
        if (pressed.Key == "Escape") await OnClose.InvokeAsync();
    }

    private async Task SaveAsync()
    {
        var checkedForm = await Validator.ValidateAsync(Form);
        _errors = checkedForm.Errors.GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage);
        _refused = null;
        if (!checkedForm.IsValid)
        {
            Snackbar.Add(T["Run.Error.Some", _errors.Count], MudBlazor.Severity.Error);
            return;
        }

        _saving = true;
        var saved = await Save(Form);
        _saving = false;
        // What stands there now is loaded first: the sentence asks to compare, and to save once more on purpose.
        await OnAnswered.InvokeAsync();
        _refused = saved.Refusal;
        if (saved.Refused)
        {
            if (saved.Refusal is RecordChangedMeanwhile changed) Form.Seen = changed.Stamp;
            return;
        }

        if (Done is not null) Snackbar.Add(Done, MudBlazor.Severity.Success);
        await OnClose.InvokeAsync();
    }
}

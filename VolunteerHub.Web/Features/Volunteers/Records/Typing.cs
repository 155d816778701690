namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>A form while somebody types, with what is wrong beside each field.</summary>
/// <typeparam name="TForm">The form.</typeparam>
public sealed record Typing<TForm>(TForm Form, IReadOnlyDictionary<string, string> Errors)
{
    public bool Has(string field) => Errors.ContainsKey(field);

    public string Of(string field) => Errors.GetValueOrDefault(field, "");

    /// <summary>The same for a form that is a part of this one.</summary>
    public Typing<TPart> Part<TPart>(TPart part, string name) =>
        new(part, Errors.Where(e => e.Key.StartsWith(name + ".", StringComparison.Ordinal)).ToDictionary(e => e.Key[(name.Length + 1)..], e => e.Value));
}

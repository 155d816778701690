using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>A row of people as it was understood. What it does not say is null or empty.</summary>
public sealed record ParsedRow(int Row)
{
    public string Name { get; init; } = "";

    /// <summary>志愿者编号, where the list has it.</summary>
    public string? Number { get; init; }

    /// <summary>In E.164 form.</summary>
    public string? Phone { get; init; }

    public IReadOnlyList<TeamId> Teams { get; init; } = [];

    public Sex? Sex { get; init; }

    public DateOnly? BornOn { get; init; }

    /// <summary>Whether the list says year and month of birth only; the first of the month stands for it.</summary>
    public bool BornInMonth { get; init; }

    public string? Ethnicity { get; init; }

    public PoliticalStatus? Political { get; init; }

    public string? Unit { get; init; }

    public IReadOnlyList<string> Skills { get; init; } = [];

    public IReadOnlyList<string> Languages { get; init; } = [];

    public IReadOnlyList<ServiceLine> Lines { get; init; } = [];

    public HelpTargets Helps { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public DateOnly? JoinedOn { get; init; }

    public DateOnly? InsuredUntil { get; init; }

    public string? EmergencyContact { get; init; }

    public string? Address { get; init; }

    public string? Guardian { get; init; }

    public string? IdNumber { get; init; }

    /// <summary>What is wrong with it; a row with faults is not taken in.</summary>
    public IReadOnlyList<CellFault> Faults { get; init; } = [];

    /// <summary>Where name, phone, number and team stand: what is found out later is told with its cell.</summary>
    public required IReadOnlyDictionary<ImportField, (string Cell, string Value)> Cells { get; init; }

    public CellFault FaultIn(ImportField field, RowFault fault, string? detail = null)
    {
        var (cell, value) = Cells.TryGetValue(field, out var found) ? found : Cells.Values.FirstOrDefault();
        return new CellFault(cell ?? "", value ?? "", fault, detail);
    }
}

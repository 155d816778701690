using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Domain.Runs;

/// <summary>What is said of a run beside its plan: where a visit goes, and what came of it.</summary>
public sealed partial class ServiceRun
{
    /// <summary>How long before a visit those who go learn the address.</summary>
    public static readonly TimeSpan AddressShownBefore = TimeSpan.FromHours(24);

    /// <summary>What came of it; null until the run is completed.</summary>
    public RunReport? Report { get; private set; }

    /// <summary>入户: whether it leads into somebody's home.</summary>
    public bool IsHomeVisit { get; private set; }

    /// <summary>Where the home is; only for those who go there.</summary>
    public ProtectedText? VisitAddress { get; private set; }

    /// <summary>Whether everybody knows of the run, be it ahead, under way or reported.</summary>
    public bool IsAnnounced => Status is RunStatus.Published or RunStatus.Completed;

    /// <summary>Files the report: the run is completed. Where a visit went nobody needs to know any more, so it is forgotten.</summary>
    public Outcome Complete(RunReportFacts facts, VolunteerId by, DateTimeOffset now)
    {
        if (Status == RunStatus.Cancelled) return new RunIsCancelled(CancelledBecause ?? "");
        if (Status == RunStatus.Completed) return new RunIsCompleted();
        if (Status == RunStatus.Draft) return new RunNotPublished();
        if (now < EndsAt) return new RunNotOver(EndsAt);
        if (RunReport.Check(facts) is { } refusal) return refusal;
        (Status, Report, VisitAddress) = (RunStatus.Completed, new RunReport(facts, by, now), null);
        return Outcome.Done;
    }

    /// <summary>Corrects a report that was filed; who filed it and when stays.</summary>
    public Outcome Correct(RunReportFacts facts)
    {
        if (Report is not { } report) return new RunNotOver(EndsAt);
        if (RunReport.Check(facts) is { } refusal) return refusal;
        report.State(facts);
        return Outcome.Done;
    }

    /// <summary>Why no picture may be added; null where one may.</summary>
    public Refusal? TakesNoPhoto(DateTimeOffset now, int there) =>
        Status == RunStatus.Cancelled ? new RunIsCancelled(CancelledBecause ?? "")
        : Status == RunStatus.Draft ? new RunNotPublished()
        : now < StartsAt ? new RunNotOver(EndsAt)
        : there >= RunPhoto.Most ? new PhotosAreFull(RunPhoto.Most) : null;

    /// <summary>Says that the run leads into a home, and where that is; or that it does not.</summary>
    /// <param name="isVisit">Whether it is one.</param>
    /// <param name="address">Where; null forgets it.</param>
    public Outcome VisitHome(bool isVisit, ProtectedText? address)
    {
        if (Status == RunStatus.Cancelled) return new RunIsCancelled(CancelledBecause ?? "");
        if (isVisit && address is null && Status != RunStatus.Completed) return new VisitAddressMissing();
        (IsHomeVisit, VisitAddress) = (isVisit, isVisit ? address : null);
        return Outcome.Done;
    }

    /// <summary>A partner that takes something on for the run takes part in it.</summary>
    public void Joined(PartnerId partner)
    {
        if (!PartnerIds.Contains(partner)) PartnerIds = [.. PartnerIds, partner];
    }

    /// <summary>Whether a person may see now where a visit goes: who said yes, from a day before until the end.</summary>
    public bool ShowsAddressTo(Assignment seat, DateTimeOffset now) =>
        IsHomeVisit && VisitAddress is not null && IsAnnounced && seat.RunId == Id && seat.Status == AssignmentStatus.Accepted
        && seat.Start - AddressShownBefore <= now && now < seat.End;
}

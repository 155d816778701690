using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Support;

/// <summary>Who wants to join, and the links by which people come in.</summary>
public sealed partial class TestHub
{
    /// <summary>An application that waits since now.</summary>
    public async Task<JoinApplication> ApplicationAsync(string name, string phone, Team? team = null, DateOnly? bornOn = null, string? guardian = null)
    {
        var fields = Get<FieldProtector>();
        var application = new JoinApplication(
            new Applicant(
                name, Get<PhoneProtector>().Protect(PhoneNumberReader.Read(phone)!), fields.Protect(bornOn), fields.Protect(guardian), ["mn"], ["理发"], [ServiceLine.Health], "周末有空",
                [ConsentPurpose.ServiceRecord, ConsentPurpose.Contact]),
            team?.Id, Now);
        await ChangeAsync(db => db.JoinApplications.Add(application));
        return application;
    }

    /// <summary>A one-use link that is good for seven days, as a leader would make it.</summary>
    public async Task<(string Token, Guid Id)> LinkAsync(LinkUse use, Volunteer? of = null, Team? team = null, Volunteer? by = null)
    {
        var (token, hash) = SecretToken.New();
        var link = new OneUseLink(use, hash, by?.Id, Now, Now.AddDays(7), of?.Id, team?.Id);
        await ChangeAsync(db => db.OneUseLinks.Add(link));
        return (token, link.Id);
    }
}

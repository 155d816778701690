global using VolunteerHub.Domain.Common;
